using System.Globalization;
using System.Text.RegularExpressions;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>Times as senders write them. The year 1, the epoch, an empty text and null all mean none. Without a zone it is UTC.</summary>
internal static partial class SourceTime
{
    static readonly string[] Formats =
    [
        "d MMM yyyy H:mm:ss 'GMT'", "d MMM yyyy H:mm:ss 'UTC'", "d MMM yyyy H:mm:ss 'Z'", "d MMM yyyy H:mm:ss zzz",
        "M/d/yyyy h:mm:ss tt zzz", "M/d/yyyy h:mm:ss tt",
    ];

    /// <summary>A time that is written as a text; null when it is none, or cannot be read.</summary>
    public static DateTimeOffset? Read(JsonValue value) => value.Kind == JsonKind.Text && TryRead(value.Text, out var time) ? time : null;

    /// <summary>A time that is written as a text.</summary>
    /// <exception cref="MalformedBodyException">It is something else.</exception>
    public static DateTimeOffset? Require(JsonValue value) => !value.IsThere ? null
        : value.Kind == JsonKind.Text && TryRead(value.Text, out var time) ? time : throw value.Wrong("is not a time such as 2026-01-31T23:59:59Z");

    /// <summary>Seconds since 1970, also with a fraction or written as a text.</summary>
    public static DateTimeOffset? Seconds(JsonValue value) => SinceEpoch(value.Number, TimeSpan.TicksPerSecond);

    /// <summary>Milliseconds since 1970, also written as a text.</summary>
    public static DateTimeOffset? Milliseconds(JsonValue value) => SinceEpoch(value.Number, TimeSpan.TicksPerMillisecond);

    /// <summary>A time; false when the text is none. What means that there is none is null.</summary>
    public static bool TryRead(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        // Senders get the name of the day wrong, and then nothing else would be read.
        var plain = Zone().Replace(Fraction().Replace(WeekDay().Replace(text.Trim(), ""), "$1"), "$1:$2");
        var culture = CultureInfo.InvariantCulture;
        if (!DateTimeOffset.TryParseExact(plain, Formats, culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var read)
            && !(StartsAsDate().IsMatch(plain) && DateTimeOffset.TryParse(plain, culture, DateTimeStyles.AssumeUniversal, out read)))
            return false;
        time = Kept(read.ToUniversalTime());
        return true;
    }

    static DateTimeOffset? SinceEpoch(decimal? number, long ticks)
    {
        if (number is not { } since)
            return null;
        var latest = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / ticks;
        return since <= 0 || since > latest ? null : Kept(DateTimeOffset.UnixEpoch.AddTicks((long)(since * ticks)));
    }

    static DateTimeOffset? Kept(DateTimeOffset time) => time.Year <= 1 || time == DateTimeOffset.UnixEpoch ? null : time;

    [GeneratedRegex(@"^[A-Za-z]{3,9},\s*")]
    private static partial Regex WeekDay();

    // .NET has seven digits; the rest is cut, so that no time is later than it was said.
    [GeneratedRegex(@"(\.\d{7})\d+")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"(:\d\d(?:\.\d+)?\s?[+-]\d\d)(\d\d)$")]
    private static partial Regex Zone();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d(?:[T ]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex StartsAsDate();
}
