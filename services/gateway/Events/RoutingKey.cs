using System.Buffers;
using System.Text.Json;
using Sigma.Gateway.Intake;

namespace Sigma.Gateway.Events;

/// <summary>Finds the routing key in a body, which is read from its beginning again after that.</summary>
internal static class RoutingKey
{
    const int Longest = 256;

    /// <summary>The key; null when it is not in the body, or the body is no JSON.</summary>
    /// <exception cref="RefusedException">The body is too large.</exception>
    public static async Task<string?> Find(HttpContext http, int largestBody, CancellationToken ct)
    {
        if (http.Request.Headers.ContentEncoding.Count > 0)
            return null; // packed: the key must be in a header then
        var buffer = ArrayPool<byte>.Shared.Rent(largestBody + 1);
        try
        {
            var most = buffer.AsMemory(0, largestBody + 1);
            var length = await http.Request.Body.ReadAtLeastAsync(most, most.Length, throwOnEndOfStream: false, ct);
            if (length > largestBody)
                throw new RefusedException(Refusal.TooLarge, $"The body is larger than {largestBody} bytes.");
            var body = buffer.AsSpan(0, length).ToArray();
            http.Request.Body = new MemoryStream(body, writable: false);
            return Of(body);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    internal static string? Of(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        Utf8JsonReader reader = new(body);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKey = reader.ValueTextEquals("routing_key"u8);
                reader.Read();
                if (isKey)
                    return reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= Longest ? reader.GetString() : null;
                reader.Skip();
            }
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // told with its place when it is read
        }
    }
}
