using Sigma.Fetcher;
using Sigma.Hosting;

// Every minute: asks Segware for what happened since the last time, publishes it as EventBatch and OccurrencesExcused,
// and keeps account of which stretches of time were asked for, so that none goes unwatched in silence.
return await ServiceHost.Run("fetcher", args, service => service.AddFetcher());
