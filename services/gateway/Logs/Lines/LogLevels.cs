using System.Collections.Frozen;
using System.Globalization;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>Levels of lines, from what senders write: <c>critical</c>, <c>high</c>, <c>medium</c> or <c>info</c>.</summary>
internal static class LogLevels
{
    public const string Critical = "critical", High = "high", Medium = "medium", Info = "info";
    const string Low = "low"; // no level of a line

    // Words of logs that no alert has.
    static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["trace"] = Info, ["finest"] = Info, ["finer"] = Info, ["fine"] = Info, ["config"] = Info, ["dbg"] = Info, ["vrb"] = Info, ["inf"] = Info,
        ["success"] = Info, ["default"] = Info, ["wrn"] = Medium, ["eror"] = High, ["severe"] = High, ["ftl"] = Critical, ["dpanic"] = Critical,
        ["t"] = Info, ["d"] = Info, ["i"] = Info, ["w"] = Medium, ["e"] = High, ["f"] = Critical, ["c"] = Critical,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of syslog's severity, 0 to 7.</summary>
    public static string OfSyslog(int severity) => severity switch
    {
        <= 2 => Critical,
        3 => High,
        4 => Medium,
        _ => Info,
    };

    /// <summary>Of OpenTelemetry's severity number, 1 to 24; null when there is none.</summary>
    public static string? OfOpenTelemetry(long number) => number switch
    {
        <= 0 => null,
        <= 12 => Info,
        <= 16 => Medium,
        <= 20 => High,
        _ => Critical,
    };

    /// <summary>
    /// Of a word or a number: the integration's own words first. Numbers to 7 are syslog's; from 10 on they are those of Bunyan and Pino. Null when
    /// it is unknown.
    /// </summary>
    public static string? Of(string word, Integration integration)
    {
        word = word.Trim();
        if (SeverityWords.Of(word, integration) is { } severity)
            return severity == Low ? Info : severity;
        if (Words.TryGetValue(word, out var known))
            return known;
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return OfNumber(number);
        return null;
    }

    static string? OfNumber(int number) => number switch
    {
        <= 7 => OfSyslog(number),
        < 10 => null,
        < 40 => Info,
        < 50 => Medium,
        < 60 => High,
        < 70 => Critical,
        _ => null,
    };
}
