using System.Globalization;
using System.Text;

namespace Sigma.Archive.Logs.Embedded;

/// <summary>
/// What a block is found by: the words of its lines, and each label, field and source as a number. It may find a block too many, never one too few:
/// the lines themselves decide.
/// </summary>
internal sealed class Terms
{
    /// <summary>A word that is longer is found by its beginning.</summary>
    public const int Longest = 64;

    // A shorter beginning would find nearly every block.
    const int ShortestPrefix = 3;

    // No letter, so that no word begins with it; to FTS5's ascii tokenizer it is one all the same.
    const char Pair = '¦';

    readonly HashSet<string> _terms = new(StringComparer.Ordinal);
    readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;
    readonly HashSet<ulong> _pairs = [];
    readonly StringBuilder _text = new();
    readonly WordList _split = new();

    public Terms() => _words = _terms.GetAlternateLookup<ReadOnlySpan<char>>();

    public void AddWords(string text)
    {
        _split.Split(text);
        for (var index = 0; index < _split.Count; index++)
        {
            var word = _split[index];
            if (_words.Add(word.Length > Longest ? word[..Longest] : word))
                _text.Append(word.Length > Longest ? word[..Longest] : word).Append(' ');
        }
    }

    public void AddPairs(IReadOnlyCollection<KeyValuePair<string, string>>? pairs)
    {
        if (pairs is not null)
            foreach (var (name, value) in pairs)
                AddPair(name, value);
    }

    public void AddPair(string name, string value)
    {
        if (_pairs.Add(HashOf(name, value)))
            _text.Append(TermOf(name, value)).Append(' ');
    }

    /// <summary>The terms added since the last time, as one text.</summary>
    public string Take()
    {
        var text = _text.ToString();
        _terms.Clear();
        _pairs.Clear();
        _text.Clear();
        return text;
    }

    /// <summary>
    /// What FTS5 is asked for; null when a query has nothing that narrows it. Words are letters and digits only, so nothing is escaped.
    /// </summary>
    public static string? Match(LogQuery query)
    {
        HashSet<string> wanted = [];
        foreach (var term in query.Texts.Where(term => !term.IsExcluded))
            for (var index = 0; index < term.Words.Count; index++)
            {
                var word = term.Words[index];
                var begins = (term.IsPrefix && index == term.Words.Count - 1) || word.Length > Longest;
                if (!begins || word.Length >= ShortestPrefix)
                    wanted.Add($"\"{(word.Length > Longest ? word[..Longest] : word)}\"{(begins && word.Length < Longest ? " *" : "")}");
            }
        // Nothing is kept of a label that is not there, or is empty.
        foreach (var term in query.Labels.Where(term => term is { IsNegated: false, Pattern: null, Value.Length: > 0 }))
            wanted.Add($"\"{TermOf(term.Name, term.Value)}\"");
        return wanted.Count == 0 ? null : string.Join(" AND ", wanted);
    }

    public static string TermOf(string name, string value) => Pair + HashOf(name, value).ToString("x16", CultureInfo.InvariantCulture);

    // FNV-1a.
    static ulong HashOf(string name, string value)
    {
        const ulong Prime = 1099511628211;
        var hash = 14695981039346656037;
        foreach (var character in name)
            hash = (hash ^ char.ToLowerInvariant(character)) * Prime;
        hash = (hash ^ '=') * Prime;
        foreach (var character in value)
            hash = (hash ^ character) * Prime;
        return hash;
    }
}
