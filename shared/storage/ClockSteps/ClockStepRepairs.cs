using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sigma.Storage.ClockSteps;

/// <summary>
/// Has rows of the future mended, at the start and then over and over: each look is a few statements that find nothing by their indexes.
/// </summary>
internal sealed class ClockStepRepairs(Database database, IEnumerable<IClockStepRepair> repairs, TimeProvider time, ILogger<ClockStepRepairs> log)
    : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            do
                foreach (var repair in repairs)
                    await Repair(repair, stop);
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task Repair(IClockStepRepair repair, CancellationToken ct)
    {
        try
        {
            await using var session = await database.Begin(ct);
            var rows = await repair.Repair(session, time.Milliseconds(), ct);
            await session.Commit(ct);
            if (rows > 0)
                log.LogWarning("{Rows} rows had times in the future, written while a clock was ahead; {Repair} has corrected them",
                    rows, repair.GetType().Name);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("{Repair} failed to look for times in the future: {Reason}", repair.GetType().Name, e.Message);
        }
    }
}
