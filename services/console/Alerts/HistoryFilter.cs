using System.Globalization;
using System.Text;
using Sigma.OperatorConsole.Board;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>Which alerts of the past are wanted, over or not: what stands in the address behind the question mark.</summary>
public sealed record HistoryFilter
{
    const string TextKey = "q", FromKey = "from", ToKey = "to", AcknowledgedKey = "ack", ByKey = "by", ShortestKey = "min", LongestKey = "max",
        StateKey = "state", ShadowKey = "shadow", OldestKey = "oldest";

    /// <summary>How far is looked back where nobody says it.</summary>
    public static TimeSpan Usually { get; } = TimeSpan.FromDays(30);

    /// <summary>By name of a field or label the values of which it must have one; an empty value is none at all.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What must stand in it, whatever its case; empty for nothing.</summary>
    public string Text { get; init; } = "";

    /// <summary>Raised at this time or later, UTC; null for the last 30 days.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Raised before this time, UTC; null for no end.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether somebody took it on; null when that does not matter.</summary>
    public bool? Acknowledged { get; init; }

    /// <summary>Who took it on; null when that does not matter.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>It lasted so long or longer; one that is raised lasts until now.</summary>
    public TimeSpan? Shortest { get; init; }

    /// <summary>It lasted so long or shorter.</summary>
    public TimeSpan? Longest { get; init; }

    /// <summary>Whether it is raised now; null when that does not matter.</summary>
    public bool? Raised { get; init; }

    /// <summary>Those of rules that were tried out, instead of those that somebody was told of.</summary>
    public bool Shadow { get; init; }

    /// <summary>The oldest first, instead of the newest.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Reads what <see cref="ToQuery"/> wrote. What cannot be read is left out.</summary>
    /// <param name="query">Names and values.</param>
    /// <param name="zone">In which zone times are that do not say it; UTC where nothing is said.</param>
    public static HistoryFilter Parse(IEnumerable<KeyValuePair<string, string?>> query, TimeZoneInfo? zone = null)
    {
        HistoryFilter filter = new();
        List<KeyValuePair<string, string?>> fields = [];
        foreach (var (name, said) in query)
        {
            var value = said ?? "";
            if (value.Length > BoardFilter.Longest)
                continue;
            switch (name)
            {
                case TextKey: filter = filter with { Text = value.Trim() }; break;
                case FromKey: filter = filter with { From = Time(value, zone) }; break;
                case ToKey: filter = filter with { To = Time(value, zone) }; break;
                case AcknowledgedKey: filter = filter with { Acknowledged = YesOrNo(value) }; break;
                case ByKey: filter = filter with { AcknowledgedBy = value.Length == 0 ? null : value }; break;
                case ShortestKey: filter = filter with { Shortest = Span(value) }; break;
                case LongestKey: filter = filter with { Longest = Span(value) }; break;
                case StateKey: filter = filter with { Raised = value switch { "raised" => true, "cleared" => false, _ => null } }; break;
                case ShadowKey: filter = filter with { Shadow = YesOrNo(value) ?? false }; break;
                case OldestKey: filter = filter with { OldestFirst = YesOrNo(value) ?? false }; break;
                // words of the board's address, which may lead here
                case "group" or "sort" or "keep" or "snoozed": break;
                default: fields.Add(new(name, value)); break;
            }
        }
        return filter with { Fields = BoardFilter.Parse(fields).Fields };
    }

    /// <summary>What of a query would not be looked at.</summary>
    internal static IEnumerable<string> Faults(IEnumerable<KeyValuePair<string, string?>> query)
    {
        List<KeyValuePair<string, string?>> others = [];
        foreach (var (name, said) in query)
        {
            var value = said ?? "";
            var fault = name switch
            {
                FromKey or ToKey when Time(value, null) is null => $"{name} is a time, as 2026-11-20T08:00:00Z",
                ShortestKey or LongestKey when Span(value) is null => $"{name} is a length of time, as 00:10:00 or 10m",
                AcknowledgedKey or ShadowKey or OldestKey when YesOrNo(value) is null => $"{name} is yes or no",
                StateKey when value is not ("raised" or "cleared") => "state is raised or cleared",
                _ => null,
            };
            if (fault is not null)
                yield return fault;
            if (name is not (FromKey or ToKey or ShortestKey or LongestKey or AcknowledgedKey or ShadowKey or OldestKey or StateKey or ByKey))
                others.Add(new(name, value));
        }
        foreach (var fault in BoardFilter.Faults(others))
            yield return fault;
    }

    /// <summary>Reads the part of an address behind the question mark, with it or without.</summary>
    public static HistoryFilter Parse(string query, TimeZoneInfo? zone = null) => Parse(QueryText.Read(query), zone);

    /// <summary>The part of an address behind the question mark, without it.</summary>
    public string ToQuery()
    {
        StringBuilder query = new(new BoardFilter { Fields = Fields }.ToQuery());
        Add(query, TextKey, Text);
        Add(query, FromKey, Write(From));
        Add(query, ToKey, Write(To));
        Add(query, AcknowledgedKey, Write(Acknowledged));
        Add(query, ByKey, AcknowledgedBy);
        Add(query, ShortestKey, Shortest?.ToString("c", CultureInfo.InvariantCulture));
        Add(query, LongestKey, Longest?.ToString("c", CultureInfo.InvariantCulture));
        Add(query, StateKey, Raised switch { true => "raised", false => "cleared", _ => null });
        Add(query, ShadowKey, Shadow ? "yes" : null);
        Add(query, OldestKey, OldestFirst ? "yes" : null);
        return query.ToString();
    }

    static void Add(StringBuilder query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            QueryText.Add(query, name, value);
    }

    static string? Write(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    static string? Write(bool? value) => value switch { true => "yes", false => "no", _ => null };

    static DateTimeOffset? Time(string text, TimeZoneInfo? zone)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) || time.Year is < 2000 or > 2200)
            return null;
        if (time.Kind != DateTimeKind.Unspecified)
            return new DateTimeOffset(time.ToUniversalTime());
        zone ??= TimeZoneInfo.Utc;
        return new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime();
    }

    // As 00:10:00, or 90s, 10m, 2h, 1d.
    static TimeSpan? Span(string text)
    {
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= 1e6)
            switch (text[^1])
            {
                case 's': return TimeSpan.FromSeconds(number);
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(Math.Min(number, 10_000));
            }
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
            && span >= TimeSpan.Zero ? span : null;
    }

    static bool? YesOrNo(string value) => value.ToLowerInvariant() switch
    {
        "yes" or "true" or "1" or "on" => true,
        "no" or "false" or "0" or "off" => false,
        _ => null,
    };
}
