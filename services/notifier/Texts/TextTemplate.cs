using System.Text.RegularExpressions;

namespace Sigma.Notifier.Texts;

/// <summary>
/// A text with <c>{placeholders}</c>, of single labels and annotations as <c>{label.host}</c>. A line that names something which has no value is left
/// out. A line ends with a line break or with <c>\n</c> written out, as an environment variable must.
/// </summary>
internal sealed partial class TextTemplate(string text)
{
    readonly string[] _lines = text.Replace("\\n", "\n").ReplaceLineEndings("\n").Trim('\n').Split('\n');

    public static string? UnknownIn(string text) => UnknownIn(text, Placeholder.All);

    public static string? UnknownIn(string text, IReadOnlyCollection<string> known) =>
        Mark().Matches(text).Select(m => m.Groups[1].Value).FirstOrDefault(name => !known.Contains(name)
            && !(known.Contains("labels") && Placeholder.IsOfOne(name)));

    /// <param name="values">Of the placeholders.</param>
    /// <param name="escape">Of the channel, for what is put in; the text itself is ours, markup and all.</param>
    /// <param name="lineBreak">Between two lines.</param>
    public string Render(IReadOnlyDictionary<string, string> values, Escape escape, string lineBreak = "\n") =>
        string.Join(lineBreak, _lines.Where(line => Mark().Matches(line).All(m => values.GetValueOrDefault(m.Groups[1].Value, "").Length > 0))
            .Select(line => Mark().Replace(line, m => escape(values[m.Groups[1].Value], string.IsNullOrWhiteSpace(line[..m.Index])))));

    [GeneratedRegex(@"\{(\w+(?:\.[\w.:/-]+)?)\}")]
    private static partial Regex Mark();
}
