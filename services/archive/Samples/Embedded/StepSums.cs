namespace Sigma.Archive.Samples.Embedded;

/// <summary>What the values of a series come to, step by step.</summary>
internal sealed class StepSums(TimeRange range, long step)
{
    readonly SortedDictionary<long, (double Sum, double Least, double Greatest, long Count)> _steps = [];

    /// <summary>Adds the values of a day, in the order they came: of several at one time the last one counts.</summary>
    public void Add(List<Point> points)
    {
        var ordered = points.ToArray();
        var places = new (long At, int Place)[ordered.Length];
        for (var place = 0; place < places.Length; place++)
            places[place] = (ordered[place].At, place);
        Array.Sort(places, ordered);
        for (var place = 0; place < ordered.Length; place++)
            if (place + 1 == ordered.Length || ordered[place + 1].At != ordered[place].At)
                Add(ordered[place]);
    }

    void Add(Point point)
    {
        var (number, value) = ((point.At - range.From) / step, point.Value);
        _steps[number] = _steps.TryGetValue(number, out var known)
            ? (known.Sum + value, Math.Min(known.Least, value), Math.Max(known.Greatest, value), known.Count + 1)
            : (value, value, value, 1);
    }

    public IReadOnlyList<SeriesStep> Steps() => [.. _steps.Select(known => new SeriesStep(range.From + known.Key * step,
        known.Value.Sum / known.Value.Count, known.Value.Least, known.Value.Greatest, known.Value.Count))];
}
