using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Sigma.Archive.Logs.Embedded;

/// <summary>Brotli at its fastest, with the length before it.</summary>
internal static class Compression
{
    const int Quality = 1, Window = 20, Longest = 256 * 1024 * 1024;

    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(bytes.Length) + sizeof(int));
        try
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer, bytes.Length);
            if (!BrotliEncoder.TryCompress(bytes, buffer.AsSpan(sizeof(int)), out var written, Quality, Window))
                throw new InvalidOperationException("A block cannot be compressed.");
            return buffer[..(written + sizeof(int))];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Into memory that is rented: give it back.</summary>
    public static (byte[] Buffer, int Length) Decompress(byte[] compressed)
    {
        var length = compressed.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(compressed);
        if (length is < 0 or > Longest)
            throw new InvalidDataException("a block of the archive is damaged");
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        if (BrotliDecoder.TryDecompress(compressed.AsSpan(sizeof(int)), buffer, out var written) && written == length)
            return (buffer, length);
        ArrayPool<byte>.Shared.Return(buffer);
        throw new InvalidDataException("a block of the archive is damaged");
    }
}
