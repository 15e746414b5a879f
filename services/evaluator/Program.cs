using Sigma.Evaluator;
using Sigma.Hosting;

// Counts the events of each batch in the windows of the rules that watch them,
// raises an alert when a count reaches its threshold and clears it when the volume is normal again.
return await ServiceHost.Run("evaluator", args, service => service.AddEvaluator());
