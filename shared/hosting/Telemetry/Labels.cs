namespace Sigma.Hosting.Telemetry;

/// <summary>How labels are written in logs and spans.</summary>
public static class Labels
{
    /// <summary>The key as <c>account=300000 code=E130 cuc=ALR</c>, always in the same order.</summary>
    public static string Key(this IReadOnlyDictionary<string, string> labels) =>
        string.Join(' ', labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));
}
