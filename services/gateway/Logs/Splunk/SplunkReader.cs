using System.Text.Json;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.Splunk;

/// <summary>
/// Reads events of the HTTP Event Collector: JSON objects one after another. Host, source, source type and index hold for those that follow, until
/// another is said.
/// </summary>
internal sealed class SplunkReader(LineCollector lines, KnownFields known)
{
    static readonly string[] Inherited = ["host", "source", "sourcetype", "index"];

    readonly JsonRecords _records = new(lines, known);
    readonly Dictionary<string, string> _metadata = [];

    /// <summary>Metadata that holds for all events which say no other.</summary>
    public void Default(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            _metadata[name] = value;
    }

    /// <exception cref="SplunkException">An event is wrong; those before it are in the collector.</exception>
    public void ReadEvents(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        var reader = new Utf8JsonReader(body, JsonRecords.Options(lines, several: true));
        var number = 0;
        try
        {
            while (reader.Read())
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartArray or JsonTokenType.EndArray when reader.CurrentDepth == 0:
                        break; // some clients send a list
                    case JsonTokenType.StartObject:
                        ReadEvent(ref reader, body, number++);
                        break;
                    default:
                        throw Wrong(SplunkFault.InvalidFormat, number, ref reader);
                }
        }
        catch (JsonException)
        {
            lines.Labels.Clear();
            lines.Fields.Take();
            // As many events came before the wrong one as there are lines.
            throw new SplunkException(SplunkFault.InvalidFormat, lines.Lines.Count, $"byte {reader.BytesConsumed + 1}");
        }
        if (number == 0)
            throw new SplunkException(SplunkFault.NoData, 0, "the body");
    }

    /// <summary>Reads lines that are no JSON; each is an event.</summary>
    /// <exception cref="SplunkException">There is none.</exception>
    public void ReadRaw(ReadOnlySpan<byte> body)
    {
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range].TrimEnd((byte)'\r');
            if (line.IsEmpty)
                continue;
            SetMetadata();
            lines.Add(null, System.Text.Encoding.UTF8.GetString(line), null);
        }
        if (lines.Lines.Count == 0)
            throw new SplunkException(SplunkFault.NoData, 0, "the body");
    }

    void ReadEvent(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, int number)
    {
        Utf8JsonReader content = default;
        var hasContent = false;
        DateTimeOffset? at = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Metadata(ref reader) is { } metadata)
            {
                reader.Read();
                if (reader.TokenType is not JsonTokenType.Null)
                    _metadata[metadata] = JsonText.Of(ref reader, body);
                continue;
            }
            bool isEvent = reader.ValueTextEquals("event"u8), isTime = reader.ValueTextEquals("time"u8);
            var areFields = reader.ValueTextEquals("fields"u8);
            reader.Read();
            if (isEvent)
            {
                hasContent = reader.TokenType != JsonTokenType.Null;
                content = reader;
                reader.Skip();
            }
            else if (isTime && reader.TokenType is JsonTokenType.Number or JsonTokenType.String)
                at = LogTimes.FromNumber(reader.ValueSpan, milliseconds: false) ?? throw Wrong(SplunkFault.InvalidFormat, number, ref reader);
            else if (areFields && reader.TokenType == JsonTokenType.StartObject)
                _records.ReadFields(ref reader, body);
            else
                reader.Skip();
        }
        if (!hasContent)
            throw Wrong(SplunkFault.EventMissing, number, ref reader);
        SetMetadata();
        if (content.TokenType == JsonTokenType.StartObject)
        {
            _records.Read(ref content, body, at);
            return;
        }
        var text = JsonText.Of(ref content, body);
        if (string.IsNullOrWhiteSpace(text))
            throw Wrong(SplunkFault.EventBlank, number, ref reader);
        lines.Add(at, text, null);
    }

    void SetMetadata()
    {
        foreach (var name in Inherited)
            if (_metadata.TryGetValue(name, out var value))
                lines.Set(name, value);
    }

    static string? Metadata(ref Utf8JsonReader reader)
    {
        foreach (var name in Inherited)
            if (reader.ValueTextEquals(name))
                return name;
        return null;
    }

    SplunkException Wrong(SplunkFault fault, int number, ref Utf8JsonReader reader)
    {
        lines.Labels.Clear();
        lines.Fields.Take();
        return new(fault, number, $"byte {reader.BytesConsumed}");
    }
}
