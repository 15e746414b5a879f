using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Protobuf;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Logs.OpenTelemetry;

/// <summary>Reads log records in protobuf, the message <c>ExportLogsServiceRequest</c>.</summary>
internal sealed class OtlpLogsProtobuf(LineCollector lines, KnownFields known)
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly OtlpLines _lines = new(lines, known);

    /// <exception cref="MalformedBodyException">It cannot be understood; with the place.</exception>
    public void Read(ReadOnlySpan<byte> body)
    {
        for (var request = new ProtobufReader(body); request.Next();)
            if (request.Field == 1)
                ReadResourceLogs(request.Message());
            else
                request.Skip();
    }

    // The resource is looked for first, wherever it stands.
    void ReadResourceLogs(ProtobufReader logs)
    {
        _lines.BeginResource();
        for (var first = logs; first.Next();)
            if (first.Field == 1)
                ReadAttributes(first.Message(), 1, isResource: true);
            else
                first.Skip();
        _lines.EndResource();
        while (logs.Next())
            if (logs.Field == 2)
                ReadScopeLogs(logs.Message());
            else
                logs.Skip();
    }

    void ReadScopeLogs(ProtobufReader logs)
    {
        string? scope = null;
        for (var first = logs; first.Next();)
            if (first.Field == 1)
                scope = ScopeName(first.Message());
            else
                first.Skip();
        _lines.BeginScope(scope);
        while (logs.Next())
            if (logs.Field == 2)
                ReadRecord(logs.Message());
            else
                logs.Skip();
    }

    static string? ScopeName(ProtobufReader scope)
    {
        string? name = null;
        while (scope.Next())
            if (scope.Field == 1)
                name = Text(ref scope);
            else
                scope.Skip();
        return name;
    }

    void ReadRecord(ProtobufReader record)
    {
        while (record.Next())
            switch (record.Field)
            {
                case 1: _lines.Time = record.Fixed64(); break;
                case 2: _lines.SeverityNumber = record.Int64(); break;
                case 3: _lines.SeverityText = Text(ref record); break;
                case 5: _lines.Body = Value(record.Message()); break;
                case 6: ReadAttribute(record.Message(), isResource: false); break;
                case 9: _lines.TraceId = Convert.ToHexStringLower(record.Bytes()); break;
                case 10: _lines.SpanId = Convert.ToHexStringLower(record.Bytes()); break;
                case 11: _lines.ObservedTime = record.Fixed64(); break;
                case 12: _lines.EventName = Text(ref record); break;
                default: record.Skip(); break;
            }
        _lines.EndRecord();
    }

    void ReadAttributes(ProtobufReader message, int field, bool isResource)
    {
        while (message.Next())
            if (message.Field == field)
                ReadAttribute(message.Message(), isResource);
            else
                message.Skip();
    }

    void ReadAttribute(ProtobufReader pair, bool isResource)
    {
        var name = "";
        string? value = null;
        while (pair.Next())
            switch (pair.Field)
            {
                case 1: name = Text(ref pair); break;
                case 2: value = Value(pair.Message()); break;
                default: pair.Skip(); break;
            }
        if (value is null)
            return;
        if (isResource)
            _lines.ResourceAttribute(name, value);
        else
            _lines.Attribute(name, value);
    }

    // Null where there is no value.
    static string? Value(ProtobufReader value)
    {
        string? text = null;
        while (value.Next())
            switch (value.Field)
            {
                case 1: text = Text(ref value); break;
                case 2: text = value.Boolean() ? "true" : "false"; break;
                case 3: text = value.Int64().ToString(CultureInfo.InvariantCulture); break;
                case 4: text = OtlpLines.Text(value.Double()); break;
                case 5: text = Json(value.Message(), isList: true); break;
                case 6: text = Json(value.Message(), isList: false); break;
                case 7: text = Convert.ToBase64String(value.Bytes()); break;
                default: value.Skip(); break;
            }
        return text;
    }

    static string Json(ProtobufReader message, bool isList)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
            Write(json, message, isList);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Write(Utf8JsonWriter json, ProtobufReader message, bool isList)
    {
        if (isList)
            json.WriteStartArray();
        else
            json.WriteStartObject();
        while (message.Next())
            if (message.Field != 1)
                message.Skip();
            else if (isList)
                WriteValue(json, message.Message());
            else
                WritePair(json, message.Message());
        if (isList)
            json.WriteEndArray();
        else
            json.WriteEndObject();
    }

    static void WritePair(Utf8JsonWriter json, ProtobufReader pair)
    {
        var name = "";
        ProtobufReader value = default;
        while (pair.Next())
            switch (pair.Field)
            {
                case 1: name = Text(ref pair); break;
                case 2: value = pair.Message(); break;
                default: pair.Skip(); break;
            }
        json.WritePropertyName(name);
        WriteValue(json, value);
    }

    static void WriteValue(Utf8JsonWriter json, ProtobufReader value)
    {
        var isWritten = false;
        while (value.Next())
        {
            if (isWritten)
            {
                value.Skip(); // it has one at most
                continue;
            }
            isWritten = true;
            switch (value.Field)
            {
                case 1: json.WriteStringValue(Text(ref value)); break;
                case 2: json.WriteBooleanValue(value.Boolean()); break;
                case 3: json.WriteNumberValue(value.Int64()); break;
                case 4: WriteNumber(json, value.Double()); break;
                case 5: Write(json, value.Message(), isList: true); break;
                case 6: Write(json, value.Message(), isList: false); break;
                case 7: json.WriteBase64StringValue(value.Bytes()); break;
                default:
                    value.Skip();
                    isWritten = false;
                    break;
            }
        }
        if (!isWritten)
            json.WriteNullValue();
    }

    static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(OtlpLines.Text(value));
    }

    // A character that is not UTF-8 loses no line.
    static string Text(ref ProtobufReader reader) => Encoding.UTF8.GetString(reader.Bytes());
}
