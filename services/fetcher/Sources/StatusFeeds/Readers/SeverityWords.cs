namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>Words of providers for what we call critical, high, medium, low and info.</summary>
internal static class SeverityWords
{
    static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["critical"] = "critical", ["major"] = "high", ["high"] = "high", ["minor"] = "medium", ["medium"] = "medium", ["low"] = "low",
        ["none"] = "info", ["maintenance"] = "info",
        // of a Statuspage's components
        ["major_outage"] = "critical", ["partial_outage"] = "high", ["degraded_performance"] = "medium", ["under_maintenance"] = "info",
    };

    /// <summary>Null when the word is missing or not known.</summary>
    public static string? Of(string? word) => word is not null ? Words.GetValueOrDefault(word.Trim()) : null;
}
