using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>What senders call severities, without case: the integration's own words first.</summary>
internal static class SeverityWords
{
    static readonly Dictionary<string, string> Usual = new(StringComparer.OrdinalIgnoreCase);

    static SeverityWords()
    {
        Add("critical", "critical", "crit", "fatal", "emergency", "emerg", "panic", "page", "disaster", "p1", "sev0");
        Add("high", "error", "err", "high", "major", "alert", "p2", "sev1");
        Add("medium", "warning", "warn", "average", "medium", "moderate", "minor", "p3", "sev2");
        Add("low", "low", "p4");
        Add("info", "info", "informational", "information", "notice", "none", "ok", "debug", "verbose", "p5", "sev3", "sev4");
    }

    /// <summary><c>critical</c>, <c>high</c>, <c>medium</c>, <c>low</c> or <c>info</c>; null when the word says none that is known.</summary>
    public static string? Of(string? word, Integration integration) =>
        word is null ? null : Own(word, integration) ?? Usual.GetValueOrDefault(word.Trim());

    /// <summary>
    /// The same of a word that may end a longer one, such as <c>ALERT_CRITICALITY_LEVEL_WARNING</c>.
    /// </summary>
    public static string? OfEnd(string? word, Integration integration) => Of(word, integration)
        ?? (word is not null && word.LastIndexOfAny(['_', '.', ' ']) is >= 0 and var cut ? Of(word[(cut + 1)..], integration) : null);

    /// <summary>By the integration's own words alone.</summary>
    public static string? Own(string word, Integration integration)
    {
        foreach (var (own, severity) in integration.SeverityWords)
            if (own.Equals(word.Trim(), StringComparison.OrdinalIgnoreCase))
                return severity;
        return null;
    }

    static void Add(string severity, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            Usual.Add(word, severity);
    }
}
