namespace Sigma.Evaluator.Conditions.External;

/// <summary>Which of several severities is the worst. Other words than these five are kept as they are, and stand beside <c>medium</c>.</summary>
internal static class SeverityWords
{
    static readonly string[] Known = ["critical", "high", "medium", "low", "info"];
    static readonly int Medium = Array.IndexOf(Known, "medium");

    /// <summary>The worst, the first of those that are equally bad by their letters; null when none says any.</summary>
    public static string? Worst(IEnumerable<string?> severities) =>
        severities.OfType<string>().Where(severity => severity.Length > 0).OrderBy(Rank).ThenBy(severity => severity, StringComparer.Ordinal)
            .FirstOrDefault();

    static int Rank(string severity) =>
        Array.FindIndex(Known, known => known.Equals(severity, StringComparison.OrdinalIgnoreCase)) is >= 0 and var rank ? rank : Medium;
}
