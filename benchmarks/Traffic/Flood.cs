using System.Globalization;
using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Benchmarks.Traffic;

/// <summary>
/// Batches of an endless flood, one slice each. An even one gives its quiet keys their events in turn: none is ever due, however long it lasts.
/// </summary>
internal sealed class Flood(DateTimeOffset from, bool even = false)
{
    public const int BatchSize = 1_000;
    public const string Shape =
        "each batch is 6 s of events; half of them of 1,000 flooding keys, some far noisier than others, half of 100,000 quiet ones; "
        + "the time before is covered, so whether alerts clear is looked at with every batch";
    const int Flooding = 1_000, Quiet = 100_000;

    /// <summary>The time of a batch's events.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromSeconds(6);

    static readonly TimeSpan Quietness = TimeSpan.FromHours(2);

    readonly Random _random = new(3);
    readonly Dictionary<int, IReadOnlyDictionary<string, string>> _labels = [];
    int _batches, _turn;

    /// <summary>Start of what <see cref="Before"/> covers.</summary>
    public long QuietFrom => (from - Quietness).ToUnixTimeMilliseconds();

    public long From => from.ToUnixTimeMilliseconds();

    /// <summary>End of the last slice.</summary>
    public long To => (from + _batches * Slice).ToUnixTimeMilliseconds();

    /// <summary>Nothing happened in the window before the flood.</summary>
    public EventBatch Before() => Batch(from - Quietness, from, []);

    public EventBatch Next(Oracle oracle)
    {
        var start = from + _batches++ * Slice;
        List<MonitoredEvent> events = new(BatchSize);
        List<PanelEvent> known = new(BatchSize);
        for (var i = 0; i < BatchSize; i++)
        {
            var number = i % 2 == 0 ? (int)(Flooding * Math.Pow(_random.NextDouble(), 4)) : Flooding + (even ? _turn++ % Quiet : _random.Next(Quiet));
            var at = start.AddMilliseconds(_random.Next((int)Slice.TotalMilliseconds));
            known.Add(new PanelEvent(PanelKey.Of(number), at.ToUnixTimeMilliseconds()));
            events.Add(new MonitoredEvent
                { EventId = (500_000_000L + _batches * BatchSize + i).ToString(CultureInfo.InvariantCulture), OccurredAt = at,
                    Labels = Labels(number) });
        }
        oracle.Add(known);
        return Batch(start, start + Slice, events);
    }

    IReadOnlyDictionary<string, string> Labels(int number) =>
        _labels.TryGetValue(number, out var labels) ? labels : _labels[number] = PanelKey.Of(number).Labels();

    static EventBatch Batch(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<MonitoredEvent> events) => new()
    {
        BatchId = Ids.From("flood", from.ToString("O")), Source = "segware", SliceFrom = from, SliceTo = to, Part = 1, Parts = 1, Events = events,
    };
}
