using System.Text.RegularExpressions;

namespace Sigma.Notifier.Texts;

/// <summary>
/// A text with <c>{placeholders}</c>. A line that names something which has no value is left out. A line ends with a line break or with
/// <c>\n</c> written out, as an environment variable must.
/// </summary>
internal sealed partial class TextTemplate(string text)
{
    readonly string[] _lines = text.Replace("\\n", "\n").ReplaceLineEndings("\n").Trim('\n').Split('\n');

    public static string? UnknownIn(string text) => UnknownIn(text, Placeholder.All);

    public static string? UnknownIn(string text, IReadOnlyCollection<string> known) =>
        Mark().Matches(text).Select(m => m.Groups[1].Value).FirstOrDefault(name => !known.Contains(name));

    public string Render(IReadOnlyDictionary<string, string> values, string lineBreak = "\n") =>
        string.Join(lineBreak, _lines.Where(line => Mark().Matches(line).All(m => values.GetValueOrDefault(m.Groups[1].Value, "").Length > 0))
            .Select(line => Mark().Replace(line, m => values[m.Groups[1].Value])));

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Mark();
}
