namespace Sigma.Benchmarks.Traffic;

/// <summary>Says by plain counting which keys are due: in any rolling window, the threshold or more.</summary>
internal sealed class Oracle(TimeSpan window, int threshold)
{
    readonly Dictionary<PanelKey, List<long>> _times = [];
    readonly HashSet<PanelKey> _due = [];

    /// <summary>All keys that are due or were.</summary>
    public IReadOnlySet<PanelKey> Due => _due;

    public IReadOnlyDictionary<PanelKey, List<long>> Times => _times;

    public void Add(IReadOnlyCollection<PanelEvent> events)
    {
        HashSet<PanelKey> touched = [];
        foreach (var e in events)
        {
            if (!_times.TryGetValue(e.Key, out var times))
                _times[e.Key] = times = [];
            times.Add(e.At);
            if (!_due.Contains(e.Key))
                touched.Add(e.Key);
        }
        foreach (var key in touched.Where(key => IsDue(_times[key])))
            _due.Add(key);
    }

    bool IsDue(List<long> times)
    {
        times.Sort();
        for (var last = threshold - 1; last < times.Count; last++)
            if (times[last] - times[last - threshold + 1] < window.TotalMilliseconds)
                return true;
        return false;
    }
}
