using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>Texts of JSON bodies, also of those that are not quite UTF-8: a sender's wrong character loses no line.</summary>
internal static class JsonText
{
    /// <summary>The value that the reader is at: a string's text; a number, true or false as it is written; an array as JSON, and the reader at its
    /// end.</summary>
    public static string Of(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.PropertyName:
                return Utf8.IsValid(reader.ValueSpan) ? Unescaped(ref reader) : Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                return Encoding.UTF8.GetString(body[start..(int)reader.BytesConsumed]);
            default:
                return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>The same of a value on its own.</summary>
    public static string Of(ReadOnlySpan<byte> value)
    {
        if (value.Length < 2 || value[0] != '"')
            return Encoding.UTF8.GetString(value);
        var text = value[1..^1];
        if (!text.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(text);
        var reader = new Utf8JsonReader(value);
        reader.Read();
        return Of(ref reader, value);
    }

    /// <summary>Where a body is no JSON, and why.</summary>
    public static MalformedBodyException Malformed(JsonException e, string? within = null)
    {
        var place = $"line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}";
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return new(within is null ? place : $"{within}, {place}", end < 0 ? e.Message : e.Message[..end]);
    }

    static string Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan); // half of a surrogate pair: as it is written
        }
    }
}
