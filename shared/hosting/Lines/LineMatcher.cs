using Sigma.Contracts;

namespace Sigma.Hosting.Lines;

/// <summary>
/// Whether a line is looked for: the one place that decides it, for lines in files and for those that just came. Used by one thread.
/// </summary>
public sealed class LineMatcher(LogQuery query)
{
    readonly WordList _words = new();

    public LogQuery Query => query;

    /// <summary>Whether the text of a line must be read to know.</summary>
    public bool NeedsText => query.Texts.Count > 0;

    public bool Accepts(LineLevel level) => (query.Levels & level.Bit()) != 0;

    /// <summary>Whether a condition is so by the labels alone; null when the line's fields may say.</summary>
    public static bool? ByLabels(LabelTerm term, IReadOnlyDictionary<string, string> labels) =>
        labels.TryGetValue(term.Name, out var value) ? term.Accepts(value) : null;

    /// <summary>The same by the fields of a line whose labels do not say.</summary>
    public static bool ByFields(LabelTerm term, IReadOnlyDictionary<string, string>? fields, string source)
    {
        if (fields is not null)
            foreach (var (name, value) in fields) // a few, and their names are in any case
                if (name.Equals(term.Name, StringComparison.OrdinalIgnoreCase))
                    return term.Accepts(value);
        return term.Accepts(term.Name == LabelTerm.Source ? source : null);
    }

    /// <summary>Whether the text has all that it must have, and nothing that it must not.</summary>
    public bool Accepts(ReadOnlySpan<char> text)
    {
        _words.Split(text);
        foreach (var term in query.Texts)
            if (Has(term) == term.IsExcluded)
                return false;
        return true;
    }

    /// <summary>A line as it came.</summary>
    /// <param name="line">The line.</param>
    /// <param name="source">Name of its integration.</param>
    public bool Accepts(LogLine line, string source)
    {
        if (!Accepts(LineLevels.OfMessage(line.Level)))
            return false;
        foreach (var term in query.Labels)
            if (!(ByLabels(term, line.Labels) ?? ByFields(term, line.Fields, source)))
                return false;
        return !NeedsText || Accepts(line.Text);
    }

    bool Has(TextTerm term)
    {
        var words = term.Words;
        for (var start = 0; start + words.Count <= _words.Count; start++)
        {
            var at = 0;
            while (at < words.Count && (at == words.Count - 1 && term.IsPrefix
                ? _words[start + at].StartsWith(words[at], StringComparison.Ordinal) : _words[start + at].SequenceEqual(words[at])))
                at++;
            if (at == words.Count)
                return true;
        }
        return false;
    }
}
