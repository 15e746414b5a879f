using System.Text.Json;

namespace Sigma.Simulator.Vendors;

/// <summary>Reads what was posted, and looks into it.</summary>
internal static class PostedBody
{
    public static async Task<byte[]> Bytes(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }

    /// <returns>Null when it is no JSON.</returns>
    public static JsonElement? Json(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool IsObject(this JsonElement json) => json.ValueKind == JsonValueKind.Object;

    public static bool IsText(this JsonElement json) => json.ValueKind == JsonValueKind.String;

    /// <returns>Null when it is absent, or null itself.</returns>
    public static JsonElement? Field(this JsonElement json, string name) =>
        json.IsObject() && json.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;

    /// <returns>Null when it is absent, or no text.</returns>
    public static string? Text(this JsonElement json, string name) => json.Field(name) is { } field && field.IsText() ? field.GetString() : null;

    /// <returns>Null when it is absent, or no array.</returns>
    public static JsonElement[]? Items(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.Array } field ? [.. field.EnumerateArray()] : null;

    /// <summary>Whether it is absent or of this kind.</summary>
    public static bool IsAbsentOr(this JsonElement json, string name, params JsonValueKind[] kinds) =>
        json.Field(name) is not { } field || kinds.Contains(field.ValueKind);
}
