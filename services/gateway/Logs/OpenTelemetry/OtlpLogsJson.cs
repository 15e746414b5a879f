using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Logs.OpenTelemetry;

/// <summary>Reads log records in JSON: ids in hexadecimal, 64-bit numbers as texts or as numbers; what is not known is passed over.</summary>
internal sealed class OtlpLogsJson(LineCollector lines, KnownFields known)
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly OtlpLines _lines = new(lines, known);

    /// <exception cref="MalformedBodyException">It cannot be understood; with the place.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Read(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        var reader = new Utf8JsonReader(body, JsonRecords.Options(lines));
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new MalformedBodyException("the body", "an object should be here");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isLogs = reader.ValueTextEquals("resourceLogs"u8);
            reader.Read();
            if (!isLogs)
                reader.Skip();
            else if (EntersList(ref reader, "resourceLogs"))
                for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
                    ReadResourceLogs(ref reader, body, $"resourceLogs[{index}]");
        }
        reader.Read(); // nothing may follow
    }

    // The resource may come after its records: these are read when it is known.
    void ReadResourceLogs(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place)
    {
        if (!EntersObject(ref reader, place))
            return;
        _lines.BeginResource();
        Utf8JsonReader scopes = default;
        var hasScopes = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isResource = reader.ValueTextEquals("resource"u8), areScopes = reader.ValueTextEquals("scopeLogs"u8);
            reader.Read();
            if (isResource && EntersObject(ref reader, $"{place}.resource"))
                ReadResource(ref reader, body, $"{place}.resource");
            else if (areScopes)
            {
                hasScopes = true;
                scopes = reader;
                reader.Skip();
            }
            else
                reader.Skip();
        }
        _lines.EndResource();
        if (!hasScopes || !EntersList(ref scopes, $"{place}.scopeLogs"))
            return;
        for (var index = 0; scopes.Read() && scopes.TokenType != JsonTokenType.EndArray; index++)
            ReadScopeLogs(ref scopes, body, $"{place}.scopeLogs[{index}]");
    }

    void ReadResource(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var areAttributes = reader.ValueTextEquals("attributes"u8);
            reader.Read();
            if (areAttributes)
                ReadAttributes(ref reader, body, $"{place}.attributes", _lines.ResourceAttribute);
            else
                reader.Skip();
        }
    }

    void ReadScopeLogs(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place)
    {
        if (!EntersObject(ref reader, place))
            return;
        string? scope = null;
        Utf8JsonReader records = default;
        var hasRecords = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isScope = reader.ValueTextEquals("scope"u8), areRecords = reader.ValueTextEquals("logRecords"u8);
            reader.Read();
            if (isScope && EntersObject(ref reader, $"{place}.scope"))
                scope = ScopeName(ref reader, body);
            else if (areRecords)
            {
                hasRecords = true;
                records = reader;
                reader.Skip();
            }
            else
                reader.Skip();
        }
        _lines.BeginScope(scope);
        if (!hasRecords || !EntersList(ref records, $"{place}.logRecords"))
            return;
        for (var index = 0; records.Read() && records.TokenType != JsonTokenType.EndArray; index++)
            ReadRecord(ref records, body, place, index);
    }

    static string? ScopeName(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        string? name = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("name"u8);
            reader.Read();
            if (isName && reader.TokenType == JsonTokenType.String)
                name = JsonText.Of(ref reader, body);
            else
                reader.Skip();
        }
        return name;
    }

    void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string scope, int index)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Wrong("an object should be here", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            if (name.ValueTextEquals("timeUnixNano"u8))
                _lines.Time = Number(ref reader) ?? throw Wrong("a number should be here", ".timeUnixNano");
            else if (name.ValueTextEquals("observedTimeUnixNano"u8))
                _lines.ObservedTime = Number(ref reader) ?? throw Wrong("a number should be here", ".observedTimeUnixNano");
            else if (name.ValueTextEquals("severityNumber"u8))
                _lines.SeverityNumber = (long)(Number(ref reader) ?? throw Wrong("a number should be here", ".severityNumber"));
            else if (name.ValueTextEquals("severityText"u8))
                _lines.SeverityText = Text(ref reader, body);
            else if (name.ValueTextEquals("traceId"u8))
                _lines.TraceId = Text(ref reader, body);
            else if (name.ValueTextEquals("spanId"u8))
                _lines.SpanId = Text(ref reader, body);
            else if (name.ValueTextEquals("eventName"u8))
                _lines.EventName = Text(ref reader, body);
            else if (name.ValueTextEquals("body"u8))
                _lines.Body = Value(ref reader, body, $"{scope}.logRecords[{index}].body");
            else if (name.ValueTextEquals("attributes"u8))
                ReadAttributes(ref reader, body, $"{scope}.logRecords[{index}].attributes", _lines.Attribute);
            else
                reader.Skip();
        }
        _lines.EndRecord();

        MalformedBodyException Wrong(string reason, string field) => new($"{scope}.logRecords[{index}]{field}", reason);
    }

    static void ReadAttributes(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place, Action<string, string> add)
    {
        if (!EntersList(ref reader, place))
            return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!EntersObject(ref reader, place))
                continue;
            string? name = null, value = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isKey = reader.ValueTextEquals("key"u8), isValue = reader.ValueTextEquals("value"u8);
                reader.Read();
                if (isKey)
                    name = Text(ref reader, body);
                else if (isValue)
                    value = Value(ref reader, body, place);
                else
                    reader.Skip();
            }
            if (value is not null)
                add(name ?? "", value);
        }
    }

    // The reader is at the object, and at its end afterwards. Null where there is no value.
    static string? Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place)
    {
        if (!EntersObject(ref reader, place))
            return null;
        string? text = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isNested = reader.ValueTextEquals("arrayValue"u8) || reader.ValueTextEquals("kvlistValue"u8);
            if (isNested)
            {
                var isList = reader.ValueTextEquals("arrayValue"u8);
                reader.Read();
                text = Nested(ref reader, body, place, isList);
            }
            else if (IsScalar(ref reader))
            {
                reader.Read();
                text = Text(ref reader, body);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
        return text;
    }

    static bool IsScalar(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("stringValue"u8) || reader.ValueTextEquals("intValue"u8) || reader.ValueTextEquals("boolValue"u8)
        || reader.ValueTextEquals("doubleValue"u8) || reader.ValueTextEquals("bytesValue"u8);

    static string Nested(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place, bool isList)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
            WriteNested(json, ref reader, body, place, isList);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void WriteNested(Utf8JsonWriter json, ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place, bool isList)
    {
        if (isList)
            json.WriteStartArray();
        else
            json.WriteStartObject();
        if (EntersObject(ref reader, place))
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var areValues = reader.ValueTextEquals("values"u8);
                reader.Read();
                if (!areValues)
                    reader.Skip();
                else if (EntersList(ref reader, place))
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                        if (isList)
                            WriteValue(json, ref reader, body, place);
                        else
                            WritePair(json, ref reader, body, place);
            }
        if (isList)
            json.WriteEndArray();
        else
            json.WriteEndObject();
    }

    static void WritePair(Utf8JsonWriter json, ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place)
    {
        if (!EntersObject(ref reader, place))
            return;
        var name = "";
        Utf8JsonReader value = default;
        var hasValue = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isKey = reader.ValueTextEquals("key"u8), isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (isKey)
                name = Text(ref reader, body);
            else if (isValue)
            {
                hasValue = true;
                value = reader;
                reader.Skip();
            }
            else
                reader.Skip();
        }
        json.WritePropertyName(name);
        if (hasValue)
            WriteValue(json, ref value, body, place);
        else
            json.WriteNullValue();
    }

    static void WriteValue(Utf8JsonWriter json, ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string place)
    {
        var isWritten = false;
        if (EntersObject(ref reader, place))
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader;
                reader.Read();
                if (isWritten)
                {
                    reader.Skip(); // it has one at most
                    continue;
                }
                isWritten = true;
                if (name.ValueTextEquals("arrayValue"u8))
                    WriteNested(json, ref reader, body, place, isList: true);
                else if (name.ValueTextEquals("kvlistValue"u8))
                    WriteNested(json, ref reader, body, place, isList: false);
                else if (name.ValueTextEquals("intValue"u8) && Signed(ref reader) is { } whole)
                    json.WriteNumberValue(whole);
                else if (reader.TokenType == JsonTokenType.Number)
                    json.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                else if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
                    json.WriteBooleanValue(reader.TokenType == JsonTokenType.True);
                else if (IsScalar(ref name))
                    json.WriteStringValue(Text(ref reader, body));
                else
                {
                    reader.Skip();
                    isWritten = false;
                }
            }
        if (!isWritten)
            json.WriteNullValue();
    }

    static string Text(ref Utf8JsonReader reader, ReadOnlySpan<byte> body) =>
        reader.TokenType == JsonTokenType.Null ? "" : JsonText.Of(ref reader, body);

    static ulong? Number(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number && Utf8Parser.TryParse(reader.ValueSpan, out ulong number, out var read)
            && read == reader.ValueSpan.Length ? number : null;

    static long? Signed(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number && Utf8Parser.TryParse(reader.ValueSpan, out long number, out var read)
            && read == reader.ValueSpan.Length ? number : null;

    // Null is as if it were not there.
    static bool EntersObject(ref Utf8JsonReader reader, string place) => Enters(ref reader, JsonTokenType.StartObject, place, "an object");

    static bool EntersList(ref Utf8JsonReader reader, string place) => Enters(ref reader, JsonTokenType.StartArray, place, "a list");

    static bool Enters(ref Utf8JsonReader reader, JsonTokenType type, string place, string what) =>
        reader.TokenType == type || (reader.TokenType == JsonTokenType.Null ? false
            : throw new MalformedBodyException(place, $"{what} should be here"));
}
