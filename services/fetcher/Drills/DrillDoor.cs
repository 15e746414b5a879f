using Sigma.Contracts;
using Sigma.Fetcher.Publishing;
using Sigma.Storage;

namespace Sigma.Fetcher.Drills;

/// <summary>
/// Notices a drill that was asked for, publishes its events as any poll would, and a window later the quiet time by which it is cleared. All of it follows from
/// the row, so another fetcher, or the next start, goes on where one stopped; and a drill whose command was killed is brought to its end.
/// </summary>
internal sealed class DrillDoor(DrillTable drills, Publisher publisher, TimeProvider time, ILogger<DrillDoor> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1), Overdue = TimeSpan.FromSeconds(15);

    readonly string _me = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await Look(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task Look(CancellationToken ct)
    {
        try
        {
            if (await drills.UnderWay(ct) is { } drill)
                await Step(drill, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug("Whether a drill was asked for cannot be seen: {Reason}", e.Message); // the poll says that the database is away
        }
    }

    async Task Step(AskedDrill drill, CancellationToken ct)
    {
        var over = drill.IsOver(TimeProvider.System.Milliseconds());
        var wanted = drill.EndedAt is null && !over;
        if (wanted && drill.PublishedAt is null)
            await Begin(drill, ct);
        else if (drill is { TakenAt: not null, ClosedAt: null })
            await Close(drill, ct);
        else if (!wanted)
            await drills.Free(drill, ct);
    }

    async Task Begin(AskedDrill drill, CancellationToken ct)
    {
        if (await drills.Take(drill, _me, time.Milliseconds(), ct) is not { } ours)
            return;
        log.LogInformation("Drill {DrillId}, asked for by {AskedBy}, begins", ours.Id, ours.AskedBy);
        if (await Publish(ours, DrillBatches.Events(ours), ct))
            await drills.Published(ours, ct);
    }

    async Task Close(AskedDrill drill, CancellationToken ct)
    {
        var late = time.Milliseconds() - DrillBatches.QuietEnd(drill);
        if (late < (drill.TakenBy == _me ? 0 : Overdue.TotalMilliseconds))
            return;
        if (await Publish(drill, DrillBatches.Quiet(drill), ct))
            await drills.Closed(drill, ct);
    }

    async Task<bool> Publish(AskedDrill drill, EventBatch batch, CancellationToken ct)
    {
        try
        {
            await publisher.Publish(batch, batch.BatchId, ct);
            return true;
        }
        catch (BrokerAwayException e)
        {
            log.LogWarning("Drill {DrillId} is not with the broker, it is tried again: {Reason}", drill.Id, e.Message);
            await drills.NotPublished(drill, e.Message, ct);
            return false;
        }
    }
}
