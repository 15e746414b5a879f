using Quartz;

namespace Sigma.Evaluator.Retention;

/// <summary>Runs the purge every five minutes.</summary>
[DisallowConcurrentExecution]
internal sealed class PurgeJob(Purge purge, IHostApplicationLifetime host, ILogger<PurgeJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        // Quartz waits for its jobs when the process stops, so they are told.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, host.ApplicationStopping);
        try
        {
            await purge.Run(stop.Token);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // the rest is the next start's work
        }
        catch (Exception e)
        {
            log.LogWarning("Old rows could not be purged, the next try is in five minutes: {Reason}", e.Message);
        }
    }
}
