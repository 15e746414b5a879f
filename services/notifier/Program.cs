using Sigma.Hosting;
using Sigma.Notifier;

return await ServiceHost.Run("notifier", args, service => service.AddNotifier());
