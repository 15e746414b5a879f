using System.Globalization;

namespace Sigma.Hosting.Time;

/// <summary>
/// Hours that recur on days of the week, on the clocks of a zone: <c>mon-fri 08:00-18:00 America/Sao_Paulo</c>. Those that end at or before the time
/// they begin at end on the day after. A time that the clocks pass over is the moment they do; of one that comes twice hours begin at the first and
/// end at the second.
/// </summary>
public sealed class WeeklyHours
{
    const int DaysOfWeek = 7;

    static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    readonly bool[] _days;
    readonly TimeSpan _from, _to;
    readonly TimeZoneInfo _zone;

    WeeklyHours(string text, bool[] days, TimeSpan from, TimeSpan to, TimeZoneInfo zone)
    {
        Text = text;
        _days = days;
        _from = from;
        _to = to > from ? to : to + Day;
        _zone = zone;
    }

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>Reads days, which may be left out, from and to, and a zone, which may be left out where there is one to fall back on.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="zone">Where it names none; null when it must.</param>
    /// <exception cref="FormatException">It cannot be read; the message goes on after the name of the setting.</exception>
    public static WeeklyHours Parse(string text, TimeZoneInfo? zone)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        var days = new bool[DaysOfWeek];
        if (words.Count > 0 && !char.IsAsciiDigit(words[0][0]))
        {
            ReadDays(words[0], days, text);
            words.RemoveAt(0);
        }
        else
            Array.Fill(days, true);
        if (words.Count is 0 or > 2 || words[0].Split('-') is not [var from, var to])
            throw Unreadable(text);
        if (words.Count == 2)
            zone = TimeZoneInfo.TryFindSystemTimeZoneById(words[1], out var named) ? named
                : throw new FormatException($"names a time zone that this system does not know: {words[1]}");
        var (begin, end) = (ReadTime(from, text), ReadTime(to, text));
        return new(text, days, begin, end,
            zone ?? throw new FormatException($"names no time zone: write it behind the hours, as {words[0]} America/Sao_Paulo"));
    }

    /// <summary>When the hours that a moment is in end; null when it is in none.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at)
    {
        DateTimeOffset? end = null;
        foreach (var (from, to) in Around(at, 2))
            if (from <= at && at < to && (end is null || to > end))
                end = to;
        return end;
    }

    /// <summary>When they next begin. Two weeks are looked at: in one of them the clocks may pass over them.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset at) =>
        Around(at, 2 * DaysOfWeek + 2).Where(hours => hours.From > at).Min(hours => hours.From);

    IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Around(DateTimeOffset at, int daysAhead)
    {
        var today = TimeZoneInfo.ConvertTime(at, _zone).Date;
        for (var ahead = -2; ahead <= daysAhead; ahead++)
        {
            var day = today.AddDays(ahead);
            if (_days[(int)day.DayOfWeek] && (Instant(day + _from, false), Instant(day + _to, true)) is var hours && hours.Item1 < hours.Item2)
                yield return hours;
        }
    }

    DateTimeOffset Instant(DateTime local, bool last)
    {
        while (_zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        if (!_zone.IsAmbiguousTime(local))
            return new(local, _zone.GetUtcOffset(local));
        var offsets = _zone.GetAmbiguousTimeOffsets(local);
        return new(local, last ? offsets.Min() : offsets.Max());
    }

    static void ReadDays(string text, bool[] days, string whole)
    {
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            var first = Array.IndexOf(Names, ends[0].ToLowerInvariant());
            var last = Array.IndexOf(Names, ends[^1].ToLowerInvariant());
            if (ends.Length > 2 || first < 0 || last < 0)
                throw Unreadable(whole);
            for (var day = first; ; day = (day + 1) % DaysOfWeek)
            {
                days[day] = true;
                if (day == last)
                    break;
            }
        }
    }

    static TimeSpan ReadTime(string text, string whole) => text == "24:00" ? Day
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan()
        : throw Unreadable(whole);

    static FormatException Unreadable(string text) =>
        new($"is not hours of the week: write mon-fri 08:00-18:00, sat,sun 22:00-06:00 or 00:00-24:00, not {text}");
}

/// <summary>Several of them: a moment is in them when it is in one.</summary>
public sealed class HourSet(IReadOnlyList<WeeklyHours> all)
{
    /// <summary>Reads each.</summary>
    /// <exception cref="FormatException">One cannot be read.</exception>
    public static HourSet Parse(IEnumerable<string> texts, TimeZoneInfo? zone) => new([.. texts.Select(text => WeeklyHours.Parse(text, zone))]);

    /// <summary>When the hours that a moment is in end; null when it is in none.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at) => all.Max(hours => hours.EndOf(at));

    /// <summary>When they next begin.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset at) => all.Min(hours => hours.NextAfter(at));

    /// <summary>The moment itself when it is in them, else when they next begin.</summary>
    public DateTimeOffset FirstFrom(DateTimeOffset at) => EndOf(at) is null ? NextAfter(at) : at;

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", all.Select(hours => hours.Text));
}
