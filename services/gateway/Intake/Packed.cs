using System.IO.Compression;
using System.Text.Json;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Intake;

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
