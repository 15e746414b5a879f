namespace Sigma.Archive.Samples.Embedded;

/// <summary>What the values of a series come to, step by step.</summary>
internal sealed class StepSums(TimeRange range, long step)
{
    readonly SortedDictionary<long, (double Sum, double Least, double Greatest, long Count)> _steps = [];

    /// <summary>Adds the values of a day, in the order they came: of several at one time the last one counts.</summary>
    public void Add(List<Point> points)
    {
        foreach (var (at, value) in points.GroupBy(point => point.At, (at, same) => (at, same.Last().Value)))
        {
            var number = (at - range.From) / step;
            _steps[number] = _steps.TryGetValue(number, out var known)
                ? (known.Sum + value, Math.Min(known.Least, value), Math.Max(known.Greatest, value), known.Count + 1)
                : (value, value, value, 1);
        }
    }

    public IReadOnlyList<SeriesStep> Steps() => [.. _steps.Select(known => new SeriesStep(range.From + known.Key * step,
        known.Value.Sum / known.Value.Count, known.Value.Least, known.Value.Greatest, known.Value.Count))];
}
