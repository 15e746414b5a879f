using Sigma.OperatorConsole.Services;
using Sigma.OperatorConsole.Silences;

namespace Sigma.OperatorConsole.Sources;

/// <summary>Coverage as a picture: a row for each hour, the newest first, and a cell for each minute; cells that are alike are one.</summary>
public static class CoverageGrid
{
    const int MinutesPerHour = 60;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<CoverageHour> Of(IReadOnlyList<CoverageRange> ranges, StationTime clock)
    {
        SortedDictionary<DateTimeOffset, List<CoverageCell>> hours = [];
        foreach (var range in ranges)
            for (var at = range.From; at < range.To;)
            {
                var hour = HourOf(at, clock);
                var end = hour.AddHours(1) < range.To ? hour.AddHours(1) : range.To;
                if (!hours.TryGetValue(hour, out var cells))
                    hours[hour] = cells = [];
                var minute = (int)(at - hour).TotalMinutes;
                cells.Add(new(minute, Math.Clamp((int)Math.Ceiling((end - at).TotalMinutes), 1, MinutesPerHour - minute), at, end, range));
                at = end;
            }
        return [.. hours.Reverse().Select(hour => new CoverageHour(hour.Key, hour.Value))];
    }

    /// <summary>What a state is shown by besides its colour; empty for what is well.</summary>
    public static string Letter(string state) => state switch
    {
        CoverageState.Late => "!",
        CoverageState.Missing => "×",
        CoverageState.Pending => "…",
        CoverageState.Unknown => "?",
        _ => "",
    };

    static DateTimeOffset HourOf(DateTimeOffset at, StationTime clock)
    {
        var local = clock.Local(at);
        return at.AddTicks(-(local.TimeOfDay.Ticks % TimeSpan.TicksPerHour)).ToUniversalTime();
    }
}

/// <summary>An hour.</summary>
public sealed record CoverageHour(DateTimeOffset At, IReadOnlyList<CoverageCell> Cells);

/// <summary>Minutes of an hour that are alike.</summary>
/// <param name="Minute">The first, from 0.</param>
/// <param name="Minutes">How many.</param>
/// <param name="From">Their begin.</param>
/// <param name="To">Their end.</param>
/// <param name="Range">What they are part of.</param>
public sealed record CoverageCell(int Minute, int Minutes, DateTimeOffset From, DateTimeOffset To, CoverageRange Range);

/// <summary>The words of the fetcher for how well a minute is watched.</summary>
public static class CoverageState
{
    /// <summary>In time.</summary>
    public const string Covered = "covered";

    /// <summary>Not in time.</summary>
    public const string Late = "late";

    /// <summary>Not yet, which is normal.</summary>
    public const string Pending = "pending";

    /// <summary>Not, and it should be.</summary>
    public const string Missing = "missing";

    /// <summary>Before what is remembered.</summary>
    public const string Unknown = "unknown";

    /// <summary>All, as the legend has them.</summary>
    public static IReadOnlyList<string> All { get; } = [Covered, Late, Missing, Pending, Unknown];
}
