using System.Globalization;

namespace Sigma.OperatorConsole.Api.SimpleJson;

/// <summary>From when until when a panel shows, UTC, in whole milliseconds; the end is exclusive.</summary>
internal readonly record struct PanelRange(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The most points of a series that are ever told.</summary>
    public const int MostPoints = 2_000;

    const int UsualPoints = 300, FirstYear = 2000, LastYear = 2200;

    /// <summary>Reads it; what is wrong is added to the faults, with its place.</summary>
    public static PanelRange Read(GrafanaRange? said, List<string> faults)
    {
        var (from, to) = (Time(said?.From), Time(said?.To));
        if (from is null)
            faults.Add(Fault("from"));
        if (to is null)
            faults.Add(Fault("to"));
        if (from >= to)
            faults.Add("range.from is before range.to");
        return new(from ?? default, to ?? default);
    }

    /// <summary>The seconds of a step, so that there are no more steps than points are wanted, and none is shorter than the interval.</summary>
    public double Step(double? intervalMs, double? maxDataPoints)
    {
        var length = (To - From).TotalMilliseconds;
        var points = Math.Floor(Math.Clamp(maxDataPoints ?? UsualPoints, 1, MostPoints));
        return Math.Max(1, Math.Max(Math.Ceiling(length / points), Math.Min(Math.Ceiling(intervalMs ?? 0), length))) / 1000;
    }

    static string Fault(string name) => $"range.{name} is a time of the years {FirstYear} to {LastYear}, as 2026-11-20T08:00:00Z";

    static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && time.Year is >= FirstYear and <= LastYear
            ? DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()) : null;
}
