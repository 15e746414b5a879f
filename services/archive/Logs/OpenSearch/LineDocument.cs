using System.Globalization;
using System.Text.Json.Nodes;
using Sigma.Archive.Logs.Embedded;
using Sigma.Contracts;

namespace Sigma.Archive.Logs.OpenSearch;

/// <summary>
/// A line as a document. OpenSearch is given words that are split and folded already, so that it finds by the same words as the archive's own files;
/// labels, fields and source are one list of hashes, in the order in which a query looks for them.
/// </summary>
internal static class LineDocument
{
    // Its whitespace tokenizer would cut longer ones.
    const int LongestWord = Terms.Longest;

    /// <summary>What each field is. None but these is taken.</summary>
    public static JsonObject Template(string prefix) => new()
    {
        ["index_patterns"] = new JsonArray($"{prefix}-*"),
        ["template"] = new JsonObject
        {
            ["settings"] = new JsonObject { ["analysis"] = new JsonObject
            {
                ["analyzer"] = new JsonObject { ["words"] = new JsonObject { ["type"] = "custom", ["tokenizer"] = "whitespace" } },
            } },
            ["mappings"] = new JsonObject
            {
                ["dynamic"] = "strict",
                ["properties"] = new JsonObject
                {
                    ["ticks"] = Type("long"), ["ms"] = Type("long"), ["notable"] = Type("byte"), ["block"] = Type("long"),
                    ["index"] = Type("integer"), ["level"] = Type("byte"), ["has"] = Type("keyword"), ["pairs"] = Type("keyword"),
                    ["words"] = new JsonObject { ["type"] = "text", ["analyzer"] = "words", ["norms"] = false },
                    ["line"] = new JsonObject { ["type"] = "object", ["enabled"] = false },
                },
            },
        },
    };

    public static string IdOf(Guid batch, int index) => string.Create(CultureInfo.InvariantCulture, $"{batch:N}-{index}");

    public static LineId PlaceOf(Guid batch, int index, StoredLine line) =>
        new(line.Ticks, line.Level.IsNotable(), BitConverter.ToInt64(batch.ToByteArray()) & long.MaxValue, index);

    public static JsonObject Write(LineId place, StoredLine line)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var (name, value) in line.Line.Labels)
            values[name.ToLowerInvariant()] = value;
        foreach (var (name, value) in line.Line.Fields ?? new Dictionary<string, string>())
            values.TryAdd(name.ToLowerInvariant(), value);
        values.TryAdd(LabelTerm.Source, line.Source);
        var kept = values.Where(value => value.Value.Length > 0).ToList();
        return new JsonObject
        {
            ["ticks"] = place.Ticks, ["ms"] = place.Ticks / TimeSpan.TicksPerMillisecond, ["notable"] = place.IsNotable ? 1 : 0,
            ["block"] = place.Block, ["index"] = place.Index, ["level"] = (int)line.Level,
            ["has"] = new JsonArray([.. kept.Select(value => (JsonNode)value.Key)]),
            ["pairs"] = new JsonArray([.. kept.Select(value => (JsonNode)Terms.TermOf(value.Key, value.Value))]),
            ["words"] = string.Join(' ', WordList.Of(line.Line.Text).Select(Shortened)),
            ["line"] = new JsonObject
            {
                ["source"] = line.Source, ["text"] = line.Line.Text, ["labels"] = Pairs(line.Line.Labels), ["fields"] = Pairs(line.Line.Fields),
            },
        };
    }

    /// <summary>From a hit of a search.</summary>
    public static FoundLine Read(JsonNode hit)
    {
        var document = hit["_source"]!;
        var ticks = document["ticks"]!.GetValue<long>();
        LineId place = new(ticks, document["notable"]!.GetValue<int>() == 1, document["block"]!.GetValue<long>(), document["index"]!.GetValue<int>());
        var (line, level) = (document["line"]!, (LineLevel)document["level"]!.GetValue<int>());
        return new FoundLine(place, new StoredLine(ticks, line["source"]!.GetValue<string>(), level, new LogLine
        {
            At = StoredLine.TimeOf(ticks), Labels = Pairs(line["labels"]) ?? [], Text = line["text"]!.GetValue<string>(), Level = level.ForMessage(),
            Fields = Pairs(line["fields"]),
        }));
    }

    public static string Shortened(string word) => word.Length > LongestWord ? word[..LongestWord] : word;

    static JsonObject Type(string type) => new() { ["type"] = type };

    static JsonObject? Pairs(IReadOnlyDictionary<string, string>? pairs) =>
        pairs is null ? null : new JsonObject(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    static Dictionary<string, string>? Pairs(JsonNode? pairs) => pairs?.AsObject()
        .ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>(), StringComparer.OrdinalIgnoreCase);
}
