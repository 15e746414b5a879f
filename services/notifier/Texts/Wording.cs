using System.Text.RegularExpressions;

namespace Sigma.Notifier.Texts;

/// <summary>
/// The languages our own texts are in. Settings have them in Portuguese; one all of whose lines are ours is said in the other language where that is
/// wanted, and one that somebody wrote is said as it was written.
/// </summary>
internal static partial class Wording
{
    public const string Portuguese = "pt-BR", English = "en";

    /// <summary>For a setting.</summary>
    public const string Languages = $"^({Portuguese}|{English})$", LanguagesOrNone = $"^({Portuguese}|{English})?$";

    /// <summary>A text in a language.</summary>
    public static string In(string language, string text) => language == English ? EnglishOf(text) ?? text : text;

    /// <summary>The English of a text of ours; null of others.</summary>
    public static string? EnglishOf(string text)
    {
        var lines = text.Replace("\\n", "\n").ReplaceLineEndings("\n").Split('\n').Select(EnglishOfLine).ToList();
        return lines.Contains(null) ? null : string.Join('\n', lines);
    }

    static string? EnglishOfLine(string line) => HasWords().IsMatch(Mark().Replace(line, "")) ? EnglishLines.All.GetValueOrDefault(line) : line;

    [GeneratedRegex(@"\{\w+(\.[\w.:/-]+)?\}")]
    private static partial Regex Mark();

    // A sign for information is a letter too.
    [GeneratedRegex(@"[\p{L}-[ℹ]]")]
    private static partial Regex HasWords();
}
