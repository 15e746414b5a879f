namespace Sigma.Notifier.Texts;

/// <summary>How a severity is called in the language of a text; a word that is not one of the five is said as it is.</summary>
internal static class SeverityWord
{
    static readonly Dictionary<string, string> InPortuguese = new(StringComparer.OrdinalIgnoreCase)
    {
        ["critical"] = "crítica", ["high"] = "alta", ["medium"] = "média", ["low"] = "baixa", ["info"] = "informativa", ["warning"] = "atenção",
    };

    public static string Of(string severity, string language) =>
        language == Wording.Portuguese ? InPortuguese.GetValueOrDefault(severity, severity) : severity;
}
