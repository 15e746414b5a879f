using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sigma.Storage.Counting;

/// <summary>
/// A count of rows for a metric, taken at the start and then over and over. While it cannot be taken the metric keeps the last one.
/// </summary>
/// <param name="failure">What to say of a failure, for example <c>The outbox cannot be counted</c>.</param>
/// <param name="log">Logs failures at debug level: others log that the database is unavailable.</param>
/// <param name="every">The time between counts; 15 s where nothing is said.</param>
/// <param name="time">Whose time that is; the machine's where nothing is said.</param>
public abstract class RepeatedCount(string failure, ILogger log, TimeSpan? every = null, TimeProvider? time = null) : BackgroundService
{
    static readonly TimeSpan Usually = TimeSpan.FromSeconds(15);

    /// <summary>Makes the metric known, before the first count.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Takes the count once.</summary>
    protected abstract Task Count(CancellationToken ct);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stop)
    {
        Begin();
        using var timer = new PeriodicTimer(every ?? Usually, time ?? TimeProvider.System);
        try
        {
            do
                await TryCount(stop);
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task TryCount(CancellationToken ct)
    {
        try
        {
            await Count(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("{Failure}: {Reason}", failure, e.Message);
        }
    }
}
