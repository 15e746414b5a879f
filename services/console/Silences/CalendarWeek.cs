using Sigma.Hosting.Time;

namespace Sigma.OperatorConsole.Silences;

/// <summary>A week from Monday on, with a row for each silence and each maintenance window that is in it.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="Days">The begins of its days.</param>
/// <param name="Rows">In the order in which they begin.</param>
public sealed record CalendarWeek(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<DateTimeOffset> Days, IReadOnlyList<CalendarRow> Rows)
{
    /// <summary>Units of its width.</summary>
    public const int Width = 7 * 24 * 6;

    const int DaysOfWeek = 7, MostBars = 200;

    /// <summary>The Monday of the week of a day.</summary>
    public static DateTime MondayOf(DateTime day) => day.Date.AddDays(-(((int)day.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek));

    /// <summary>The week that begins on this Monday.</summary>
    public static CalendarWeek Of(DateTime monday, StationTime clock, IEnumerable<CalendarSpan> silences, IEnumerable<CalendarWindow> windows)
    {
        List<DateTimeOffset> days = [.. Enumerable.Range(0, DaysOfWeek).Select(day => clock.At(monday.AddDays(day)))];
        var (from, to) = (days[0], clock.At(monday.AddDays(DaysOfWeek)));
        var rows = silences.Select(silence => new CalendarRow(silence.Name, silence.Kind, Bars([(silence.From, silence.To)], from, to)))
            .Concat(windows.Select(window => new CalendarRow(window.Name, CalendarKind.Maintenance, Bars(Turns(window, clock, from, to), from, to))));
        return new(from, to, days, [.. rows.Where(row => row.Bars.Count > 0).OrderBy(row => row.Bars[0].From)]);
    }

    /// <summary>Where a moment is, in units of <see cref="Width"/>.</summary>
    public int Place(DateTimeOffset at) => Place(at, From, To);

    static int Place(DateTimeOffset at, DateTimeOffset from, DateTimeOffset to) =>
        (int)Math.Round(Math.Clamp((at - from) / (to - from), 0, 1) * Width);

    static List<CalendarBar> Bars(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> times, DateTimeOffset from, DateTimeOffset to) =>
    [
        .. times.Where(time => time.From < to && time.To > from).Select(time =>
        {
            var (x, end) = (Place(time.From, from, to), Place(time.To, from, to));
            return new CalendarBar(time.From, time.To, x, Math.Max(2, end - x));
        }),
    ];

    static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Turns(CalendarWindow window, StationTime clock, DateTimeOffset from,
        DateTimeOffset to)
    {
        HourSet hours;
        try
        {
            hours = HourSet.Parse(window.Hours, clock.Zone);
        }
        catch (FormatException)
        {
            yield break; // written by a notifier that knows more
        }
        // Past the end of one of several that overlap another lasts.
        var at = hours.EndOf(from) is not null ? from : hours.NextAfter(from);
        for (var bars = 0; at < to && bars < MostBars; bars++)
        {
            var end = at;
            while (hours.EndOf(end) is { } later && end < to)
                end = later;
            yield return (at, end);
            at = hours.NextAfter(end);
        }
    }
}

/// <summary>A silence, for the calendar.</summary>
public sealed record CalendarSpan(string Name, string Kind, DateTimeOffset From, DateTimeOffset To);

/// <summary>A maintenance window, for the calendar.</summary>
public sealed record CalendarWindow(string Name, IReadOnlyList<string> Hours);

/// <summary>A row of the calendar.</summary>
public sealed record CalendarRow(string Name, string Kind, IReadOnlyList<CalendarBar> Bars);

/// <summary>A stretch of time in it.</summary>
/// <param name="From">Its begin, which may be before the week.</param>
/// <param name="To">Its end, which may be after it.</param>
/// <param name="X">Where it begins, in units of <see cref="CalendarWeek.Width"/>.</param>
/// <param name="Width">How long it is.</param>
public sealed record CalendarBar(DateTimeOffset From, DateTimeOffset To, int X, int Width);

/// <summary>What a row is of.</summary>
public static class CalendarKind
{
    /// <summary>A person's silence.</summary>
    public const string Silence = "silence";

    /// <summary>A silence of the settings.</summary>
    public const string Setting = "setting";

    /// <summary>A silence that was ended.</summary>
    public const string Ended = "ended";

    /// <summary>A maintenance window.</summary>
    public const string Maintenance = "maintenance";
}
