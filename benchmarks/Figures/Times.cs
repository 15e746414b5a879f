using System.Diagnostics;

namespace Sigma.Benchmarks.Figures;

/// <summary>How long something took, again and again.</summary>
internal sealed class Times
{
    readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public double Longest => _milliseconds.Count == 0 ? 0 : _milliseconds.Max();

    public void Add(double milliseconds) => _milliseconds.Add(milliseconds);

    public void Add(Times others) => _milliseconds.AddRange(others._milliseconds);

    /// <summary>Does it, and adds how long it took.</summary>
    public async Task<T> Take<T>(Func<Task<T>> work)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await work();
        Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return result;
    }

    /// <summary>Which it is not above in this share of all.</summary>
    public double At(double share)
    {
        if (_milliseconds.Count == 0)
            return 0;
        _milliseconds.Sort();
        return _milliseconds[Math.Clamp((int)Math.Ceiling(share * _milliseconds.Count) - 1, 0, _milliseconds.Count - 1)];
    }

    /// <summary>The median, not judged, and the 95th percentile, judged; of nothing that was measured, that it is nothing.</summary>
    public IEnumerable<Figure> Figures(string part, string what, double atMost) => Count == 0
        ? [new(part, $"{what}, measured", 0, "") { AtLeast = 1 }]
        :
    [
        new(part, $"{what}, median of {Count:#,0}", At(0.5), "ms"),
        new(part, $"{what}, p95", At(0.95), "ms") { AtMost = atMost },
    ];
}
