using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>
/// Times as a person of the station types and reads them, seen from the moment that is asked about. Stored times are milliseconds since 1970.
/// </summary>
internal sealed partial class LocalTimes(TimeZoneInfo zone, long at)
{
    // With a year, without one, and without a day.
    static readonly string[] Dated = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "dd/MM/yyyy HH:mm",
        "dd/MM/yyyy HH:mm:ss"];
    static readonly string[] OfTheYear = ["dd/MM HH:mm", "dd/MM HH:mm:ss"], OfTheDay = ["HH:mm", "HH:mm:ss"];

    public string Zone => zone.Id;

    /// <summary>To the second, with the day when it is another one than that of the moment asked about.</summary>
    public string Show(long stored) =>
        Local(stored) is var time && time.Date == Local(at).Date ? Text(time, "HH:mm:ss") : Text(time, "dd/MM HH:mm:ss");

    /// <summary>With day and year.</summary>
    public string Whole(long stored) => Text(Local(stored), "dd/MM/yyyy HH:mm:ss");

    /// <summary>A stretch of time; the day is said once when it is the same.</summary>
    public string Show(long from, long to) => $"{Show(from)} to {(Local(from).Date == Local(to).Date ? Text(Local(to), "HH:mm:ss") : Show(to))}";

    /// <summary>What was typed, as stored. Without a day it is the last time the clock showed it, without a year the last such day.</summary>
    /// <param name="typed">It.</param>
    /// <param name="zone">Where it was typed.</param>
    /// <param name="now">When.</param>
    /// <param name="mayCome">Whether it may be one to come.</param>
    /// <exception cref="UsageException">It is no time, or one to come.</exception>
    public static long Read(string typed, TimeZoneInfo zone, DateTimeOffset now, bool mayCome = false)
    {
        var text = typed.Trim();
        if (WithOffset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact))
            return Allowed(exact);
        var today = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (Parse(text, Dated) is { } dated)
            return Allowed(Utc(dated, zone, typed));
        if (Parse($"{text} {today.Year}", [.. OfTheYear.Select(format => format + " yyyy")]) is { } thisYear)
            return Allowed(Utc(thisYear <= today ? thisYear : thisYear.AddYears(-1), zone, typed));
        if (Parse(text, OfTheDay) is { } clock)
            return Allowed(Utc(today.Date + clock.TimeOfDay is var time && time <= today ? time : time.AddDays(-1), zone, typed));
        throw new UsageException(
            $"--at {Screen.OneLine(typed)} is not understood: write 14:05, '20/11 14:05' or '2026-11-20 14:05' in {zone.Id}, "
                + "or 2026-11-20T17:05:00Z.");

        long Allowed(DateTimeOffset time) => time <= now || mayCome ? time.ToUnixTimeMilliseconds()
            : throw new UsageException($"--at {Screen.OneLine(typed)} is in the future: what will be counted then is not known.");
    }

    static DateTime? Parse(string text, string[] formats) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    static DateTimeOffset Utc(DateTime local, TimeZoneInfo zone, string typed) => zone.IsInvalidTime(local)
        ? throw new UsageException($"--at {Screen.OneLine(typed)} is a time the clocks of {zone.Id} passed over.")
        : new DateTimeOffset(local, zone.GetUtcOffset(local));

    DateTime Local(long stored) => TimeZoneInfo.ConvertTime(stored.ToTime(), zone).DateTime;

    static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex WithOffset();
}
