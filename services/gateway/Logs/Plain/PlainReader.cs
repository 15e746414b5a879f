using System.Text;
using System.Text.Json;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Logs.Plain;

/// <summary>
/// Reads JSON objects in a list, one a line or one after another, which is what Fluent Bit, Vector and Logstash send over HTTP; and plain text, a
/// line each, where the sender says that it is text.
/// </summary>
internal sealed class PlainReader(LineCollector lines, KnownFields known)
{
    const string PlainText = "text/plain";

    /// <exception cref="MalformedBodyException">It is neither; with the place.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Read(ReadOnlySpan<byte> body, string? contentType)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        var first = body.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0)
            return;
        if (body[first] is (byte)'{' or (byte)'[')
            ReadJson(body);
        else if (contentType?.StartsWith(PlainText, StringComparison.OrdinalIgnoreCase) == true)
            ReadText(body);
        else
            throw new MalformedBodyException($"byte {first + 1}", "a JSON object or a list should begin here; lines of text are sent as text/plain");
    }

    void ReadJson(ReadOnlySpan<byte> body)
    {
        JsonRecords records = new(lines, known);
        var reader = new Utf8JsonReader(body, JsonRecords.Options(lines, several: true));
        while (reader.Read())
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.EndArray when reader.CurrentDepth == 0:
                    break;
                case JsonTokenType.StartObject:
                    records.Read(ref reader, body);
                    break;
                case JsonTokenType.String when reader.CurrentDepth == 1:
                    lines.Add(null, JsonText.Of(ref reader, body), null); // a list of texts
                    break;
                default:
                    throw new MalformedBodyException($"record {lines.Lines.Count}, byte {reader.TokenStartIndex + 1}", "a record must be an object");
            }
    }

    void ReadText(ReadOnlySpan<byte> body)
    {
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range].TrimEnd((byte)'\r');
            if (!line.IsEmpty)
                lines.Add(null, Encoding.UTF8.GetString(line), null);
        }
    }
}
