using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sigma.Storage.ClockSteps;

/// <summary>Has rows of the future mended: at the start, whenever the clock was set back against the timer that only counts what has passed, and every few minutes.</summary>
internal sealed class ClockStepRepairs(Database database, IEnumerable<IClockStepRepair> repairs, TimeProvider time, ILogger<ClockStepRepairs> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1), InAnyCase = TimeSpan.FromMinutes(5), Step = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery);
        var due = true;
        var (lookedAt, timestamp, repairedAt) = (time.GetUtcNow(), time.GetTimestamp(), time.GetTimestamp());
        try
        {
            do
            {
                var (now, passed) = (time.GetUtcNow(), time.GetElapsedTime(timestamp));
                due |= lookedAt + passed - now > Step || time.GetElapsedTime(repairedAt) > InAnyCase;
                (lookedAt, timestamp) = (now, time.GetTimestamp());
                if (!due || !await RepairAll(stop))
                    continue;
                due = false;
                repairedAt = time.GetTimestamp();
            } while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task<bool> RepairAll(CancellationToken ct)
    {
        try
        {
            foreach (var repair in repairs)
            {
                await using var session = await database.Begin(ct);
                var rows = await repair.Repair(session, time.Milliseconds(), ct);
                await session.Commit(ct);
                if (rows > 0)
                    log.LogWarning("{Rows} rows had times of the future, written while a clock was ahead; {Repair} has taken them back", rows, repair.GetType().Name);
            }
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("Times of the future cannot be looked for, trying again: {Reason}", e.Message);
            return false;
        }
    }
}
