using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Sigma.Hosting.Schedule;

/// <summary>
/// Work that is done at every turn of a schedule, and what it cannot do at one turn it does at the next: a failure is a line of the log and no more.
/// </summary>
/// <param name="failure">What to say of a failure, for example <c>Old rows cannot be deleted</c>.</param>
/// <param name="host">Says when the process stops.</param>
/// <param name="log">Hears of failures.</param>
public abstract class RepeatedJob(string failure, IHostApplicationLifetime host, ILogger log) : IJob
{
    /// <summary>Does the work of one turn.</summary>
    public abstract Task Run(CancellationToken ct);

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        // Quartz waits for its jobs when the process stops, so they are told.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, host.ApplicationStopping);
        try
        {
            await Run(stop.Token);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // the rest is the next start's work
        }
        catch (Exception e)
        {
            log.LogWarning("{Failure}, retrying at the next interval: {Reason}", failure, e.Message);
        }
    }
}
