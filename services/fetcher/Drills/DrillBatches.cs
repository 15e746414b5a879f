using Sigma.Contracts;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Publishing;
using Sigma.Storage;

namespace Sigma.Fetcher.Drills;

/// <summary>
/// What a drill publishes: a slice with its events, and a window later one without any, by which it is cleared. Published again they have the same
/// ids.
/// </summary>
internal static class DrillBatches
{
    static readonly long Window = (long)Drill.Window.TotalMilliseconds;

    public static EventBatch Events(DrillRequest drill) => Batch(new Slice(End(drill) - Window, End(drill)),
    [
        .. Drill.EventIdsOf(drill.Id).Select((id, index) => new MonitoredEvent
        {
            EventId = id, OccurredAt = (End(drill) - 1 - index).ToTime(), Labels = Drill.LabelsOf(drill.Id, drill.Channels),
        }),
    ]);

    public static EventBatch Quiet(DrillRequest drill) => Batch(new Slice(End(drill), QuietEnd(drill)), []);

    /// <summary>When the quiet slice has passed, in the source's time.</summary>
    public static long QuietEnd(DrillRequest drill) => End(drill) + Window;

    static long End(DrillRequest drill) => drill.SliceTo ?? throw new InvalidOperationException("Nobody has taken the drill.");

    static EventBatch Batch(Slice slice, IReadOnlyList<MonitoredEvent> events) =>
        SliceParts.Cut(Drill.Source, slice, events, new HashSet<string>())[0];
}
