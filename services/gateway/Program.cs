using Sigma.Gateway;
using Sigma.Hosting;

// Takes in what others send over HTTP and syslog, says that it is kept only once it is, and publishes it as news:
// ConditionReported, SamplesReported, BeatsReported and LogBatch.
return await ServiceHost.Run("gateway", args, service => service.AddGateway());
