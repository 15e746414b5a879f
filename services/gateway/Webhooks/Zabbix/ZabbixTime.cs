using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Zabbix;

/// <summary>
/// When it happened. Zabbix writes its server's own time without a zone: only with the setting <c>TimeZone</c> that says when. Seconds since 1970
/// (<c>{EVENT.TIMESTAMP}</c>) and times with a zone need none.
/// </summary>
internal static partial class ZabbixTime
{
    static readonly string[] Formats = ["yyyy.MM.dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "HH:mm:ss yyyy.MM.dd", "yyyy.MM.dd'T'HH:mm:ss"];

    public static string? ZoneSetting(Integration integration) =>
        integration.Settings.GetValueOrDefault("TimeZone") is { Length: > 0 } zone ? zone : null;

    public static DateTimeOffset? Read(JsonValue root, Integration integration, bool isOver)
    {
        var text = isOver ? ZabbixEvent.Text(root, "recovery_time", "event.recovery_time", "time", "event.time")
            : ZabbixEvent.Text(root, "time", "event.time");
        if (text is not null && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return seconds > 0 && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        if (text is not null && Zoned().IsMatch(text) && SourceTime.TryRead(text, out var zoned))
            return zoned;
        if (text is null && InWords().Match(root["message"].Text ?? "") is { Success: true } words
            && words.Groups[1].ValueSpan.StartsWith("Problem", StringComparison.Ordinal) != isOver)
            text = $"{words.Groups[2].Value} {words.Groups[3].Value}";
        return text is not null && ZoneSetting(integration) is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            && DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var local)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime() : null;
    }

    [GeneratedRegex(@"(Z|[+-]\d\d:?\d\d)$")]
    private static partial Regex Zoned();

    [GeneratedRegex(@"(Problem started|Problem has been resolved|resolved) at (\d\d:\d\d:\d\d) on (\d{4}\.\d\d\.\d\d)", RegexOptions.IgnoreCase)]
    private static partial Regex InWords();
}
