using System.Globalization;
using System.Text;

namespace Sigma.OperatorConsole.Pages.Parts;

/// <summary>A value at a moment.</summary>
public readonly record struct ChartPoint(DateTimeOffset At, double Value);

/// <summary>Where things are in a chart, as SVG writes it.</summary>
internal sealed class ChartScale
{
    public const string Width = "660", Height = "210", Left = "48", Right = "650", Top = "10", Bottom = "180", TimesAt = "200", LimitTextAt = "54";

    const double X0 = 48, X1 = 650, Y0 = 180, Y1 = 10;
    const int Steps = 4;

    readonly DateTimeOffset _from, _to;
    readonly double _least, _most;
    readonly IReadOnlyList<ChartPoint> _points, _bars;

    public ChartScale(IReadOnlyList<ChartPoint> points, IReadOnlyList<ChartPoint> bars, double? limit)
    {
        _points = [.. points.Where(p => double.IsFinite(p.Value))];
        _bars = [.. bars.Where(p => double.IsFinite(p.Value))];
        var all = _points.Concat(_bars).ToList();
        _from = all.Count == 0 ? DateTimeOffset.UnixEpoch : all.Min(p => p.At);
        _to = all.Count == 0 ? _from : all.Max(p => p.At);
        if (_to <= _from)
            _to = _from.AddSeconds(1);
        var values = all.Select(p => p.Value).Concat(limit is { } line && double.IsFinite(line) ? [line] : []).Append(0).ToList();
        _least = values.Min();
        var most = values.Max();
        var step = NiceStep((most - _least) / Steps);
        _least = Math.Floor(_least / step) * step;
        _most = Math.Max(_least + step, Math.Ceiling(most * 1.05 / step) * step);
        Marks = [.. Enumerable.Range(0, (int)Math.Min(12, Math.Round((_most - _least) / step) + 1)).Select(i => _least + i * step)];
    }

    /// <summary>Values that have a line.</summary>
    public IReadOnlyList<double> Marks { get; }

    /// <summary>Times that are written below.</summary>
    public IEnumerable<(DateTimeOffset At, string X)> Times
    {
        get
        {
            foreach (var part in (double[])[0, 0.45, 0.88])
                yield return (_from + (_to - _from) * part, Write(X0 + (X1 - X0) * part));
        }
    }

    /// <summary>The line through all points, as the steps they are.</summary>
    public string Line
    {
        get
        {
            StringBuilder path = new();
            foreach (var point in _points)
                path.Append(path.Length == 0 ? $"M{X(point.At)} {Y(point.Value)}" : $"L{X(point.At)} {Y(point.Value)}");
            return path.ToString();
        }
    }

    /// <summary>What is below the line.</summary>
    public string Area => _points.Count < 2 ? "" : $"{Line}L{X(_points[^1].At)} {Write(Y0)}L{X(_points[0].At)} {Write(Y0)}Z";

    /// <summary>The bars.</summary>
    public IEnumerable<(string X, string Y, string Width, string Height)> BarsDrawn
    {
        get
        {
            var width = _bars.Count == 0 ? 0 : Math.Max(1, (X1 - X0) / _bars.Count - 1);
            foreach (var bar in _bars)
                if (bar.Value > 0)
                    yield return (Write(Math.Max(X0, At(bar.At) - width)), Y(bar.Value), Write(width), Write(Y0 - Height_(bar.Value)));
        }
    }

    public bool Has(DateTimeOffset at) => at >= _from && at <= _to;

    public string X(DateTimeOffset at) => Write(At(at));

    public string Y(double value) => Write(Height_(value));

    /// <summary>Where a text stands that is above a value's line, or below it at the upper edge.</summary>
    public string Above(double value) => Write(Height_(value) < Y1 + 14 ? Height_(value) + 13 : Height_(value) - 5);

    double At(DateTimeOffset at) => X0 + (X1 - X0) * ((at - _from) / (_to - _from));

    double Height_(double value) => Y0 - (Y0 - Y1) * ((value - _least) / (_most - _least));

    // 1, 2 or 5 of a power of ten.
    static double NiceStep(double step)
    {
        if (step <= 0 || !double.IsFinite(step))
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }

    static string Write(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
