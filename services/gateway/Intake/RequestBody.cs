using System.IO.Compression;
using Snappier;
using Sigma.Hosting.Http;

namespace Sigma.Gateway.Intake;

/// <summary>
/// Reads the body of a request, unpacked: gzip, deflate (with or without its zlib header), br, and snappy blocks. Never more than it may be.
/// </summary>
internal static class RequestBody
{
    const int Chunk = 32 * 1024, ZlibMethod = 0x08, LowHalf = 0x0F, ZlibCheck = 31, ByteBits = 8;

    /// <exception cref="RefusedException">It is too large, or packed in a way that is not read, or not what it says.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, int largest, int largestUnpacked, CancellationToken ct)
    {
        if (request.ContentLength > largest)
            throw TooLarge(largest);
        var encodings = request.Headers.ContentEncoding.SelectMany(value => (value ?? "").Split(','))
            .Select(name => name.Trim().ToLowerInvariant()).Where(name => name is not ("" or "identity")).ToList();
        if (encodings.Count > 2)
            throw new RefusedException(Refusal.Unsupported, "The body is packed more than twice.");
        try
        {
            var packed = await ReadAll(request.Body, encodings.Count == 0 ? Math.Min(largest, largestUnpacked) : largest, request.ContentLength, ct);
            foreach (var encoding in Enumerable.Reverse(encodings))
                packed = await Unpack(encoding, packed, largestUnpacked, ct);
            return packed;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(largest);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException) // the latter of br
        {
            throw new RefusedException(Refusal.Malformed, $"The body is not {string.Join(" of ", encodings)}: {e.Message}");
        }
    }

    static async Task<ReadOnlyMemory<byte>> Unpack(string encoding, ReadOnlyMemory<byte> packed, int largest, CancellationToken ct)
    {
        if (packed.Length == 0)
            return packed;
        if (encoding == "snappy")
            return Snappy(packed, largest);
        using var source = new MemoryStream(packed.ToArray(), writable: false);
        Stream? unpacking = encoding switch
        {
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            "deflate" => HasZlibHeader(packed.Span)
                ? new ZLibStream(source, CompressionMode.Decompress) : new DeflateStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            _ => null,
        };
        if (unpacking is null)
            throw new RefusedException(Refusal.Unsupported, "The body is packed by something else than gzip, deflate, br or snappy.");
        await using (unpacking)
            return await ReadAll(unpacking, largest, null, ct);
    }

    // What it says of its own length is looked at before anything is unpacked.
    static ReadOnlyMemory<byte> Snappy(ReadOnlyMemory<byte> packed, int largest)
    {
        var length = Snappier.Snappy.GetUncompressedLength(packed.Span);
        if (length < 0 || length > largest)
            throw TooLarge(largest);
        var unpacked = new byte[length];
        var written = Snappier.Snappy.Decompress(packed.Span, unpacked);
        return unpacked.AsMemory(0, written);
    }

    static bool HasZlibHeader(ReadOnlySpan<byte> packed) =>
        packed.Length >= 2 && (packed[0] & LowHalf) == ZlibMethod && ((packed[0] << ByteBits) | packed[1]) % ZlibCheck == 0;

    static async Task<ReadOnlyMemory<byte>> ReadAll(Stream body, int largest, long? length, CancellationToken ct)
    {
        using BoundedBody bounded = new(body, largest, () => TooLarge(largest));
        if (length is > 0)
        {
            var exact = new byte[length.Value];
            var read = await bounded.ReadAtLeastAsync(exact, exact.Length, throwOnEndOfStream: false, ct);
            return exact.AsMemory(0, read);
        }
        using MemoryStream all = new();
        await bounded.CopyToAsync(all, Chunk, ct);
        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }

    static RefusedException TooLarge(int largest) => new(Refusal.TooLarge, $"The body is larger than {largest:#,0} bytes.");
}
