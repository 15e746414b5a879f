namespace Sigma.Fetcher.Sources.Probes.BuiltIn;

/// <summary>
/// A line through the last measured values, by least squares. It keeps so many points and no more: one that comes too soon is left out.
/// </summary>
internal sealed class Slope(int points)
{
    readonly Queue<(DateTimeOffset At, double Value)> _points = new();
    DateTimeOffset _last;

    public int Count => _points.Count;

    /// <summary>From the oldest point to the newest.</summary>
    public TimeSpan Span => _points.Count == 0 ? TimeSpan.Zero : _last - _points.Peek().At;

    /// <summary>The line; null where there is none.</summary>
    public SlopeLine? Line
    {
        get
        {
            if (_points.Count < 2)
                return null;
            var from = _points.Peek().At;
            var (meanX, meanY) = (_points.Average(point => (point.At - from).TotalSeconds), _points.Average(point => point.Value));
            double xx = 0, xy = 0, yy = 0;
            foreach (var (at, value) in _points)
            {
                var (x, y) = ((at - from).TotalSeconds - meanX, value - meanY);
                (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
            }
            return xx == 0 ? null : new(xy / xx, yy == 0 ? 0 : xy * xy / (xx * yy));
        }
    }

    public void Add(DateTimeOffset at, double value, TimeSpan window)
    {
        if (_points.Count > 0 && at < _last)
            _points.Clear(); // the clock was set back
        while (_points.TryPeek(out var oldest) && at - oldest.At > window)
            _points.Dequeue();
        if (_points.Count > 0 && at - _last < window / points)
            return;
        if (_points.Count >= points)
            _points.Dequeue();
        _points.Enqueue((at, value));
        _last = at;
    }
}

/// <summary>A line through points.</summary>
/// <param name="PerSecond">By how much the value grows.</param>
/// <param name="Fit">How well the points lie on it, from 0 to 1.</param>
internal sealed record SlopeLine(double PerSecond, double Fit);
