namespace Sigma.OperatorConsole.Alerts;

/// <summary>How bad a severity is: rules may use any word, and these have a place and a colour.</summary>
public static class SeverityOrder
{
    /// <summary>What others call a warning.</summary>
    public const string Medium = "medium";

    internal const string Warning = "warning";

    const int Unknown = 4;

    /// <summary>The words, the worst first.</summary>
    public static IReadOnlyList<string> Known { get; } = ["critical", "high", "error", "warning", "medium", "low", "info"];

    /// <summary>All that are known, also those that mean the same.</summary>
    public static IReadOnlyList<string> Words { get; } = ["critical", "high", "error", Warning, Medium, "low", "info"];

    /// <summary>0 is the worst; medium is as bad as warning, a word that is not known is between warning and low.</summary>
    public static int Rank(string severity)
    {
        var word = string.Equals(Medium, severity, StringComparison.OrdinalIgnoreCase) ? Warning : severity;
        for (var i = 0; i < Known.Count; i++)
            if (string.Equals(Known[i], word, StringComparison.OrdinalIgnoreCase))
                return i < Unknown ? i : i + 1;
        return Unknown;
    }
}
