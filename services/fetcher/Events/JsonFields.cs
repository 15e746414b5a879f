using System.Text.Json;

namespace Sigma.Fetcher.Events;

/// <summary>Reads fields that may come as numbers or as strings.</summary>
internal static class JsonFields
{
    /// <summary>The field's value as text; null when it is absent, null, empty or neither a string nor a number.</summary>
    public static string? Text(this JsonElement item, string name)
    {
        if (!item.TryGetProperty(name, out var value))
            return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
        return text.Length == 0 ? null : text;
    }
}
