using System.Text.Json.Nodes;
using Sigma.Archive.Logs.Embedded;

namespace Sigma.Archive.Logs.OpenSearch;

/// <summary>
/// A query in OpenSearch's words. It may find a line too many, never one too few: the matcher decides about each. Where it finds exactly the lines,
/// they can be counted without being read.
/// </summary>
internal sealed class OpenSearchQuery
{
    readonly JsonArray _must = [], _mustNot = [];

    OpenSearchQuery()
    {
    }

    /// <summary>Whether it finds no line too many.</summary>
    public bool IsExact { get; private set; } = true;

    public JsonObject Body => new() { ["bool"] = new JsonObject { ["filter"] = _must.DeepClone(), ["must_not"] = _mustNot.DeepClone() } };

    public static OpenSearchQuery Of(LogQuery query, LogRange range)
    {
        OpenSearchQuery built = new();
        built._must.Add(new JsonObject { ["range"] = new JsonObject { ["ticks"] = new JsonObject { ["gte"] = range.From, ["lt"] = range.To } } });
        if (query.Levels != LineLevels.Any)
            built._must.Add(new JsonObject { ["terms"] = new JsonObject { ["level"] = new JsonArray([.. Enumerable.Range(0, LineLevels.Count)
                .Where(level => (query.Levels & ((LineLevel)level).Bit()) != 0).Select(level => (JsonNode)level)]) } });
        foreach (var term in query.Texts)
            built.Add(term);
        foreach (var term in query.Labels)
            built.Add(term);
        return built;
    }

    void Add(TextTerm term)
    {
        var isExact = !term.Words.Any(word => word.Length >= Terms.Longest) && (!term.IsPrefix || term.Words.Count == 1);
        IsExact &= isExact;
        if (term.IsExcluded)
        {
            // What would leave out too much is left to the matcher.
            if (isExact)
                _mustNot.Add(Whole(term));
        }
        else if (isExact)
            _must.Add(Whole(term));
        else
            foreach (var (word, at) in term.Words.Select((word, at) => (LineDocument.Shortened(word), at)))
                _must.Add(term.IsPrefix && at == term.Words.Count - 1 ? Of("prefix", "words", word) : Of("term", "words", word));
    }

    static JsonObject Whole(TextTerm term) =>
        term.IsPrefix ? Of("prefix", "words", term.Words[0])
        : term.Words.Count == 1 ? Of("term", "words", term.Words[0])
        : Of("match_phrase", "words", string.Join(' ', term.Words));

    void Add(LabelTerm term)
    {
        if (term.Pattern is not null)
        {
            IsExact = false;
            return;
        }
        // What is empty is not kept: it is what is not there.
        var (list, condition) = term.Value.Length > 0
            ? (term.IsNegated ? _mustNot : _must, Of("term", "pairs", Terms.TermOf(term.Name, term.Value)))
            : (term.IsNegated ? _must : _mustNot, Of("term", "has", term.Name));
        list.Add(condition);
    }

    static JsonObject Of(string kind, string field, string value) => new() { [kind] = new JsonObject { [field] = value } };
}
