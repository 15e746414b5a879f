using System.Text;
using System.Text.Json;

namespace Sigma.Fetcher.Sources.StatusFeeds.Readers;

/// <summary>A JSON body in whichever Unicode encoding, and its fields without surprises.</summary>
internal static class JsonBody
{
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    /// <exception cref="InvalidDataException">It is no JSON.</exception>
    public static JsonDocument Parse(byte[] body)
    {
        var text = Text(body).Trim('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.Length == 0)
            throw new InvalidDataException("an empty answer");
        if (text[0] == '<')
            throw new InvalidDataException("a page instead of the feed");
        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"no JSON: {e.Message}", e);
        }
    }

    /// <summary>The entries of a list.</summary>
    /// <exception cref="InvalidDataException">It is no list.</exception>
    public static JsonElement.ArrayEnumerator List(JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : throw new InvalidDataException($"no list of {what}");

    /// <summary>A field's text, also of a number; null when there is none.</summary>
    public static string? Text(this JsonElement element, string field) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(field, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { } text && text.Trim().Length > 0 ? text.Trim() : null,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    /// <summary>The entries of a field that is a list; none when it is not.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string field) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray() : [];

    // By the mark at its beginning, or by where the first character has its zero.
    static string Text(byte[] body) => (body switch
    {
        [0xFE, 0xFF, ..] or [0, not 0, ..] => Encoding.BigEndianUnicode,
        [0xFF, 0xFE, ..] or [not 0, 0, ..] => Encoding.Unicode,
        _ => Encoding.UTF8,
    }).GetString(body);
}
