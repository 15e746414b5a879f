using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>
/// Reads a body as JSON, whatever its content type says: with a byte-order mark, in UTF-16 when it has that one's, and with bytes that are no UTF-8
/// replaced, for an alert with a broken letter is an alert.
/// </summary>
internal static partial class JsonBody
{
    /// <summary>How deep values may lie in each other.</summary>
    public const int Deepest = 64;

    /// <exception cref="MalformedBodyException">It is not JSON; the place is the byte, counted from 1.</exception>
    public static JsonValue Read(ReadOnlyMemory<byte> body)
    {
        var bytes = Utf8Of(body.Span);
        if (bytes.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            throw new MalformedBodyException("body", "is empty");
        Utf8JsonReader reader = new(bytes, new JsonReaderOptions { MaxDepth = Deepest, CommentHandling = JsonCommentHandling.Disallow });
        try
        {
            reader.Read();
            var root = Value(ref reader, null, null);
            while (reader.Read())
            {
            }
            return root;
        }
        catch (JsonException e)
        {
            throw new MalformedBodyException($"byte {Offset(bytes, e)}",
                $"is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it is not what may come there");
        }
    }

    /// <summary>Reads a text as JSON; null when it is none.</summary>
    public static JsonValue? TryRead(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
            return null;
        try
        {
            return Read(Encoding.UTF8.GetBytes(text));
        }
        catch (MalformedBodyException)
        {
            return null;
        }
    }

    static JsonValue Value(ref Utf8JsonReader reader, JsonValue? parent, string? name)
    {
        JsonValue Made(JsonKind kind, string? scalar) => parent is null ? JsonValue.Root(kind, scalar) : parent.Add(name, kind, scalar);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var fields = Made(JsonKind.Object, null);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var field = TextOf(ref reader);
                    reader.Read();
                    Value(ref reader, fields, field);
                }
                return fields;
            case JsonTokenType.StartArray:
                var items = Made(JsonKind.List, null);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    Value(ref reader, items, null);
                return items;
            case JsonTokenType.String:
                return Made(JsonKind.Text, TextOf(ref reader));
            case JsonTokenType.Number:
                return Made(JsonKind.Number, Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True or JsonTokenType.False:
                return Made(JsonKind.Boolean, reader.TokenType == JsonTokenType.True ? "true" : "false");
            default:
                return Made(JsonKind.None, null);
        }
    }

    static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException) // half of a pair, as scripts leave that cut a text in the middle of a picture
        {
            var whole = HalfPairs.Replace(Encoding.UTF8.GetString(reader.ValueSpan), half => half.Groups[1].Success ? half.Value : @"\uFFFD");
            return JsonSerializer.Deserialize<string>($"\"{whole}\"")!;
        }
    }

    // What is well is matched first, so that only the halves are left.
    [GeneratedRegex(@"(\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")]
    private static partial Regex HalfPairs { get; }

    static ReadOnlySpan<byte> Utf8Of(ReadOnlySpan<byte> body) => body switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Valid(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(rest)),
        [0xFF, 0xFE, .. var rest] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(rest)),
        _ => Valid(body),
    };

    static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> body) =>
        Utf8.IsValid(body) ? body : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body));

    static long Offset(ReadOnlySpan<byte> bytes, JsonException e)
    {
        var start = 0;
        for (var line = 0; line < e.LineNumber && bytes[start..].IndexOf((byte)'\n') is >= 0 and var end; line++)
            start += end + 1;
        return start + (e.BytePositionInLine ?? 0) + 1;
    }
}
