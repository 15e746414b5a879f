using System.Text;
using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Board;

/// <summary>What is searched by words: small letters without accents, for nobody types accents in a hurry.</summary>
internal static class SearchText
{
    // The services know no country's rules, so the accents of European languages are told here: from À to ſ.
    const string Plain =
        "AAAAAAACEEEEIIIIDNOOOOO×OUUUUYTsaaaaaaaceeeeiiiidnooooo÷ouuuuyty" // U+00C0 to U+00FF
        + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

    /// <summary>Of an alert.</summary>
    public static string Of(AlertView alert)
    {
        StringBuilder text = new(200);
        text.Append(alert.Rule).Append('\n').Append(alert.Severity).Append('\n').Append(alert.Source);
        foreach (var part in (ReadOnlySpan<string?>)[alert.Category, alert.Summary, alert.AccountCode, alert.TradeName, alert.Company,
            alert.ClientGroup, alert.AssignedTo, alert.AcknowledgedBy])
            if (part is not null)
                text.Append('\n').Append(part);
        foreach (var (name, value) in alert.Labels)
            text.Append('\n').Append(name).Append('=').Append(value);
        for (var i = 0; i < text.Length; i++)
            text[i] = Fold(text[i]);
        return text.ToString();
    }

    /// <summary>The words of what somebody typed, as they are compared.</summary>
    public static string[] Words(string typed) =>
        [.. typed.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Fold)];

    /// <summary>In small letters, without accents.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, (folded, from) =>
    {
        for (var i = 0; i < folded.Length; i++)
            folded[i] = Fold(from[i]);
    });

    static char Fold(char letter) =>
        letter < 'À' ? letter is >= 'A' and <= 'Z' ? (char)(letter | 0x20) : letter
        : letter - 'À' < Plain.Length ? char.ToLowerInvariant(Plain[letter - 'À'])
        : char.ToLowerInvariant(letter);
}
