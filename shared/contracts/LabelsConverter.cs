using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sigma.Contracts;

/// <summary>Reads labels without a dictionary for each event: events with the same labels share one set of them.</summary>
internal sealed class LabelsConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    // A set takes about 300 bytes, so that all of them are a megabyte.
    const int Recent = 4096;

    readonly LabelSet[] _recent = [.. Enumerable.Repeat(LabelSet.Empty, Recent)];

    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        var labels = reader;
        ref var recent = ref _recent[(uint)SkipAndHash(ref reader) % Recent];
        var known = recent; // another thread may replace it meanwhile
        return Are(labels, known) ? known : recent = Build(ref labels, known);
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> labels, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (label, value) in labels)
            writer.WriteString(label, value);
        writer.WriteEndObject();
    }

    static int SkipAndHash(ref Utf8JsonReader reader)
    {
        HashCode hash = default;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String or JsonTokenType.Null))
                reader.GetString(); // throws the reason that other texts have
            if (!reader.HasValueSequence)
                hash.AddBytes(reader.ValueSpan);
        }
        return hash.ToHashCode();
    }

    static bool Are(Utf8JsonReader reader, LabelSet known)
    {
        foreach (var (label, value) in known.Pairs)
            if (value is null || !(reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(label)
                && reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(value)))
                return false;
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject;
    }

    static LabelSet Build(ref Utf8JsonReader reader, LabelSet alike)
    {
        List<KeyValuePair<string, string>> labels = new(alike.Count);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var like = labels.Count < alike.Count ? alike.Pairs[labels.Count] : default;
            var label = Text(ref reader, like.Key);
            reader.Read();
            var value = Text(ref reader, like.Value);
            labels.RemoveAll(earlier => earlier.Key.Equals(label, StringComparison.OrdinalIgnoreCase)); // the last one counts
            labels.Add(new(label, value));
        }
        return new LabelSet([.. labels]);
    }

    // The names, and most values, are those of other sets too.
    static string Text(ref Utf8JsonReader reader, string? like) =>
        like is not null && reader.TokenType != JsonTokenType.Null && reader.ValueTextEquals(like) ? like : reader.GetString()!;
}
