using System.Buffers.Text;
using System.Text.Json;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Logs.Loki;

/// <summary>
/// Reads pushes in JSON: <c>{"streams": [{"stream": {…}, "values": [["nanoseconds", "line", {…}]]}]}</c>, and those of the former address, with
/// <c>labels</c> in one text and <c>entries</c>.
/// </summary>
internal sealed class LokiJson(LineCollector lines, string? tenant)
{
    readonly LokiStream _stream = new(lines, tenant);

    /// <exception cref="MalformedBodyException">It cannot be understood; with the place.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Read(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        var reader = new Utf8JsonReader(body, JsonRecords.Options(lines));
        reader.Read();
        Expect(ref reader, JsonTokenType.StartObject, "the body", "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("streams"u8))
            {
                reader.Read();
                reader.Skip();
                continue;
            }
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            Expect(ref reader, JsonTokenType.StartArray, "streams", "a list");
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
                ReadStream(ref reader, body, $"streams[{index}]");
        }
        reader.Read(); // nothing may follow
    }

    // The labels may come after the lines: then these are read when the labels are known.
    void ReadStream(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place)
    {
        Expect(ref reader, JsonTokenType.StartObject, place, "an object");
        _stream.Begin();
        Utf8JsonReader values = default;
        bool hasValues = false, areEntries = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("stream"u8))
            {
                reader.Read();
                ReadLabels(ref reader, body, $"{place}.stream");
            }
            else if (reader.ValueTextEquals("labels"u8))
            {
                reader.Read();
                Expect(ref reader, JsonTokenType.String, $"{place}.labels", "a text");
                LokiLabels.Read(JsonText.Of(ref reader, body), $"{place}.labels", _stream.Label);
            }
            else if (reader.ValueTextEquals("values"u8) || reader.ValueTextEquals("entries"u8))
            {
                areEntries = reader.ValueTextEquals("entries"u8);
                reader.Read();
                values = reader;
                hasValues = reader.TokenType != JsonTokenType.Null;
                reader.Skip();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
        _stream.EndLabels();
        if (hasValues && areEntries)
            ReadEntries(ref values, body, $"{place}.entries");
        else if (hasValues)
            ReadValues(ref values, body, $"{place}.values");
    }

    void ReadLabels(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place)
    {
        Expect(ref reader, JsonTokenType.StartObject, place, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Of(ref reader, body);
            reader.Read();
            Expect(ref reader, JsonTokenType.String, $"{place}.{name}", "a text");
            _stream.Label(name, JsonText.Of(ref reader, body));
        }
    }

    void ReadValues(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place)
    {
        Expect(ref reader, JsonTokenType.StartArray, place, "a list");
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                throw Wrong(place, index, "the line must be a list of time and text");
            reader.Read();
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number) || !TryTime(reader.ValueSpan, out var at))
                throw Wrong(place, index, "the time must be nanoseconds since 1970, as a text");
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw Wrong(place, index, "the line must be a text");
            var text = JsonText.Of(ref reader, body);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadMetadata(ref reader, body, place, index);
                reader.Read();
            }
            if (reader.TokenType != JsonTokenType.EndArray)
                throw Wrong(place, index, "after time and text only an object of structured metadata may come");
            _stream.Line(LogTimes.FromNanoseconds(at), text);
        }
    }

    void ReadMetadata(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place, int index)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Of(ref reader, body);
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                throw Wrong(place, index, $"structured metadata {name} must be a text");
            _stream.Metadata(name, JsonText.Of(ref reader, body));
        }
    }

    void ReadEntries(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place)
    {
        Expect(ref reader, JsonTokenType.StartArray, place, "a list");
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Wrong(place, index, "the entry must be an object");
            DateTimeOffset? at = null;
            string? text = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isTime = reader.ValueTextEquals("ts"u8);
                var isLine = reader.ValueTextEquals("line"u8);
                reader.Read();
                if (!isTime && !isLine)
                    reader.Skip();
                else if (reader.TokenType != JsonTokenType.String)
                    throw Wrong(place, index, isTime ? "ts must be a text" : "the line must be a text");
                else if (isLine)
                    text = JsonText.Of(ref reader, body);
                else
                    at = LogTimes.FromText(JsonText.Of(ref reader, body)) ?? throw Wrong(place, index, "ts must be a time as RFC 3339 writes it");
            }
            _stream.Line(at, text ?? throw Wrong(place, index, "there is no line"));
        }
    }

    static bool TryTime(ReadOnlySpan<byte> value, out ulong nanoseconds) =>
        Utf8Parser.TryParse(value, out nanoseconds, out var read) && read == value.Length;

    static MalformedBodyException Wrong(string place, int index, string reason) => new($"{place}[{index}]", reason);

    static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string place, string what)
    {
        if (reader.TokenType != type)
            throw new MalformedBodyException(place, $"{what} should be here");
    }
}
