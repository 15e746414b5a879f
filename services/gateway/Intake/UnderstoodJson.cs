using System.IO.Compression;
using System.Text.Json;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Intake;

/// <summary>What was understood of a delivery, for people: as the body said it, null where it says nothing.</summary>
internal sealed record UnderstoodItem(string State, string? Severity, string ExternalId, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
    string? Title, string? Service, string? Region)
{
    public static UnderstoodItem Of(Understood item) => new(JsonNamingPolicy.CamelCase.ConvertName(item.State.ToString()), item.Severity,
        item.ExternalId, item.StartsAt?.ToUniversalTime(), item.EndsAt?.ToUniversalTime(), item.Title, item.Service, item.Region);
}

/// <summary>Bodies and what was understood of them, packed.</summary>
internal static class Packed
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        using MemoryStream packed = new();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Of(IEnumerable<Understood> items) =>
        Of(JsonSerializer.SerializeToUtf8Bytes(items.Select(UnderstoodItem.Of), Json));

    public static byte[] Unpack(byte[] packed)
    {
        using MemoryStream source = new(packed, writable: false);
        using GZipStream gzip = new(source, CompressionMode.Decompress);
        using MemoryStream all = new();
        gzip.CopyTo(all);
        return all.ToArray();
    }

    public static IReadOnlyList<UnderstoodItem> Items(byte[] packed) =>
        JsonSerializer.Deserialize<IReadOnlyList<UnderstoodItem>>(Unpack(packed), Json) ?? [];
}
