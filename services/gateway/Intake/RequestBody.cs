using System.IO.Compression;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http.Features;
using Snappier;
using Sigma.Hosting.Http;

namespace Sigma.Gateway.Intake;

/// <summary>
/// Reads the body of a request, unpacked: gzip, deflate (with or without its zlib header), br, and snappy blocks. Never more than it may be, and
/// never more than is held for it.
/// </summary>
internal static class RequestBody
{
    const int Chunk = 32 * 1024, ZlibMethod = 0x08, LowHalf = 0x0F, ZlibCheck = 31, ByteBits = 8;

    /// <exception cref="RefusedException">It is too large, or packed in a way that is not read, or not what it says.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, int largest, int largestUnpacked, HeldBytes held, CancellationToken ct)
    {
        if (request.ContentLength > largest)
            throw TooLarge(largest);
        if (request.ContentLength == 0 || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return ReadOnlyMemory<byte>.Empty;
        var encodings = request.Headers.ContentEncoding.SelectMany(value => (value ?? "").Split(','))
            .Select(name => name.Trim().ToLowerInvariant()).Where(name => name is not ("" or "identity")).ToList();
        if (encodings.Count > 2)
            throw new RefusedException(Refusal.Unsupported, "The body is packed more than twice.");
        try
        {
            var packed = await ReadAll(request.Body, encodings.Count == 0 ? Math.Min(largest, largestUnpacked) : largest, request.ContentLength, held,
                ct);
            foreach (var encoding in Enumerable.Reverse(encodings))
                packed = await Unpack(encoding, packed, largestUnpacked, held, ct);
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

    static async Task<ReadOnlyMemory<byte>> Unpack(string encoding, ReadOnlyMemory<byte> packed, int largest, HeldBytes held, CancellationToken ct)
    {
        if (packed.Length == 0)
            return packed;
        if (encoding == "snappy")
            return Snappy(packed, largest, held);
        var bytes = MemoryMarshal.TryGetArray(packed, out var array) ? array : packed.ToArray();
        using var source = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
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
            return await ReadAll(unpacking, largest, null, held, ct);
    }

    // What it says of its own length is looked at before anything is unpacked.
    static ReadOnlyMemory<byte> Snappy(ReadOnlyMemory<byte> packed, int largest, HeldBytes held)
    {
        var length = Snappier.Snappy.GetUncompressedLength(packed.Span);
        if (length < 0 || length > largest)
            throw TooLarge(largest);
        held.Add(length);
        var unpacked = new byte[length];
        var written = Snappier.Snappy.Decompress(packed.Span, unpacked);
        return unpacked.AsMemory(0, written);
    }

    static bool HasZlibHeader(ReadOnlySpan<byte> packed) =>
        packed.Length >= 2 && (packed[0] & LowHalf) == ZlibMethod && ((packed[0] << ByteBits) | packed[1]) % ZlibCheck == 0;

    static async Task<ReadOnlyMemory<byte>> ReadAll(Stream body, int largest, long? length, HeldBytes held, CancellationToken ct)
    {
        await using BoundedBody bounded = new(body, largest, () => TooLarge(largest));
        var isKnown = length is > 0;
        var buffer = Room(isKnown ? (int)length!.Value : Math.Min(Chunk, largest + 1), held);
        var read = 0;
        while (await bounded.ReadAsync(buffer.AsMemory(read), ct) is > 0 and var more)
        {
            read += more;
            if (read < buffer.Length)
                continue;
            if (isKnown)
                break; // the server lets no more through than it was told
            held.Add(Math.Min(buffer.Length, largest + 1L - buffer.Length));
            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, largest + 1L)); // one more than it may be is seen by what bounds it
        }
        return buffer.AsMemory(0, read);
    }

    static byte[] Room(int bytes, HeldBytes held)
    {
        held.Add(bytes);
        return new byte[bytes];
    }

    static RefusedException TooLarge(int largest) => new(Refusal.TooLarge, $"The body is larger than {largest:#,0} bytes.");
}
