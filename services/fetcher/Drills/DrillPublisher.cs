using Sigma.Contracts;
using Sigma.Fetcher.Publishing;
using Sigma.Storage;

namespace Sigma.Fetcher.Drills;

/// <summary>
/// Publishes the events of a requested drill as any poll would, and a window later the covered time by which it is cleared. All of it follows from
/// the row, so another fetcher, or the next start, goes on where one stopped; and a drill whose command was killed is brought to its end.
/// </summary>
internal sealed class DrillPublisher(DrillTable drills, Publisher publisher, TimeProvider time, ILogger<DrillPublisher> log) : BackgroundService
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
            log.LogDebug("Looking for a requested drill failed: {Reason}", e.Message); // the poll says that the database is away
        }
    }

    async Task Step(DrillRequest drill, CancellationToken ct)
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

    async Task Begin(DrillRequest drill, CancellationToken ct)
    {
        if (await drills.Take(drill, _me, time.Milliseconds(), ct) is not { } ours)
            return;
        log.LogInformation("Drill {DrillId}, asked for by {AskedBy}, begins", ours.Id, ours.AskedBy);
        if (await Publish(ours, DrillBatches.Events(ours), ct))
            await drills.Published(ours, ct);
    }

    async Task Close(DrillRequest drill, CancellationToken ct)
    {
        var late = time.Milliseconds() - DrillBatches.QuietEnd(drill);
        if (late < (drill.TakenBy == _me ? 0 : Overdue.TotalMilliseconds))
            return;
        if (await Publish(drill, DrillBatches.Quiet(drill), ct))
            await drills.Closed(drill, ct);
    }

    async Task<bool> Publish(DrillRequest drill, EventBatch batch, CancellationToken ct)
    {
        try
        {
            await publisher.Publish(batch, batch.BatchId, ct);
            return true;
        }
        catch (BrokerUnavailableException e)
        {
            log.LogWarning("Publishing drill {DrillId} failed, retrying: {Reason}", drill.Id, e.Message);
            await drills.NotPublished(drill, e.Message, ct);
            return false;
        }
    }
}
