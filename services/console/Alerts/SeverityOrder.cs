namespace Sigma.OperatorConsole.Alerts;

/// <summary>How bad a severity is: rules may use any word, and these have a place and a colour.</summary>
public static class SeverityOrder
{
    const int Unknown = 4;

    /// <summary>The words, the worst first.</summary>
    public static IReadOnlyList<string> Known { get; } = ["critical", "high", "error", "warning", "low", "info"];

    /// <summary>0 is the worst; a word that is not known is between warning and low.</summary>
    public static int Rank(string severity)
    {
        for (var i = 0; i < Known.Count; i++)
            if (string.Equals(Known[i], severity, StringComparison.OrdinalIgnoreCase))
                return i;
        return Unknown;
    }
}
