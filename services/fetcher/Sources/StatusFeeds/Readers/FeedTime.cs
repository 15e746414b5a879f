using System.Globalization;
using System.Text.RegularExpressions;

namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>Times as feeds write them.</summary>
internal static partial class FeedTime
{
    static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0, ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["EST"] = -5, ["EDT"] = -4, ["CST"] = -6, ["CDT"] = -5, ["MST"] = -7, ["MDT"] = -6,
        ["PST"] = -8, ["PDT"] = -7,
    };

    static readonly string[] Formats = ["d MMM yyyy H:mm:ss", "d MMM yyyy H:mm", "d MMM yy H:mm:ss"];

    /// <summary>With a zone; null when it is none, or means none.</summary>
    public static DateTimeOffset? Iso(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1970
            ? time.ToUniversalTime() : null;

    /// <summary>Seconds since 1970; null when it is none, or 0.</summary>
    public static DateTimeOffset? Epoch(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 10_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>As RSS has it. The day of the week is not read: it can be wrong. A zone that is not known makes it no time.</summary>
    public static DateTimeOffset? Rss(string? text)
    {
        if (text is null || Written().Match(text) is not { Success: true } parts || !DateTime.TryParseExact(parts.Groups[1].Value, Formats,
            CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var time))
            return null;
        var zone = parts.Groups[2].Value;
        if (Zones.TryGetValue(zone, out var hours))
            return new DateTimeOffset(time, TimeSpan.FromHours(hours)).ToUniversalTime();
        return zone is [var sign, _, _, .., _, _] && sign is '+' or '-' && int.TryParse(zone[1..].Replace(":", ""), out var digits)
            && digits <= 1400
            ? new DateTimeOffset(time, (sign == '-' ? -1 : 1) * new TimeSpan(digits / 100, digits % 100, 0)).ToUniversalTime() : null;
    }

    [GeneratedRegex(@"^\s*(?:[A-Za-z]+,?\s+)?(\d{1,2} [A-Za-z]{3} \d{2,4} \d{1,2}:\d{2}(?::\d{2})?)\s*([A-Za-z]+|[+-]\d{2}:?\d{2})?\s*$")]
    private static partial Regex Written();
}
