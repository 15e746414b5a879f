using Quartz;
using Sigma.Hosting.Schedule;

namespace Sigma.Evaluator.Retention;

/// <summary>Runs the purge every five minutes.</summary>
[DisallowConcurrentExecution]
internal sealed class PurgeJob(Purge purge, IHostApplicationLifetime host, ILogger<PurgeJob> log) : RepeatedJob("Old rows cannot be deleted", host, log)
{
    public override Task Run(CancellationToken ct) => purge.Run(ct);
}
