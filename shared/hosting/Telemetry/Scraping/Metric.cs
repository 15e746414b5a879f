using System.Collections.Concurrent;

namespace Sigma.Hosting.Telemetry.Scraping;

/// <summary>
/// All series of one name. What a program measures with labels nobody has foreseen cannot fill the memory: beyond <see cref="MostSeries"/> they share
/// one.
/// </summary>
/// <param name="Name">As Prometheus has it.</param>
/// <param name="Unit">As it ends the name; empty for none.</param>
/// <param name="Help">One line.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Observed">Whether its numbers are asked for at each look, and those not given are no more.</param>
/// <param name="Create">A new series.</param>
internal sealed record Metric(string Name, string Unit, string Help, Kind Kind, bool Observed, Func<Series> Create)
{
    /// <summary>Far more than any metric of ours has.</summary>
    public const int MostSeries = 500;

    readonly ConcurrentDictionary<LabelSet, Series> _series = new(LabelSet.ByTags.Instance);
    int _count;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>().TryGetValue(tags, out var series))
            series = Added(tags);
        series?.Record(value);
    }

    /// <summary>A new look: what was observed before is no more.</summary>
    public void BeginLook()
    {
        if (!Observed)
            return;
        _series.Clear();
        Volatile.Write(ref _count, 0);
    }

    public void Write(PageWriter page)
    {
        if (_series.IsEmpty)
            return;
        page.Head(this);
        foreach (var (labels, series) in _series.OrderBy(s => s.Key.Text, StringComparer.Ordinal))
            series.Write(Name, labels.Text, page);
    }

    Series? Added(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Volatile.Read(ref _count) < MostSeries)
        {
            var labels = tags.IsEmpty ? LabelSet.None : LabelSet.ByTags.Instance.Create(tags);
            var made = Create();
            var kept = _series.GetOrAdd(labels, made);
            if (ReferenceEquals(kept, made))
                Interlocked.Increment(ref _count);
            return kept;
        }
        return Kind == Kind.Gauge ? null : _series.GetOrAdd(LabelSet.Others, _ => Create()); // the last value of many says nothing
    }
}
