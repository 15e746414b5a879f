using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sigma.Contracts;

namespace Sigma.Gateway.Publishing;

/// <summary>Ids of batches, made from their content: the same news again has the same id.</summary>
internal static class NewsIds
{
    public static Guid Of(string source, IReadOnlyList<Sample> samples)
    {
        using var hash = Begin(source);
        foreach (var sample in samples)
        {
            Append(hash, sample.Series);
            Append(hash, sample.Labels);
            Append(hash, BitConverter.DoubleToInt64Bits(sample.Value), sample.At.UtcTicks);
        }
        return End(hash);
    }

    public static Guid Of(string source, IReadOnlyList<Beat> beats)
    {
        using var hash = Begin(source);
        foreach (var beat in beats)
        {
            Append(hash, beat.Text ?? "");
            Append(hash, beat.Labels);
            Append(hash, beat.Fails ? 1 : 0, beat.At.UtcTicks);
        }
        return End(hash);
    }

    static IncrementalHash Begin(string source)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, source);
        return hash;
    }

    static Guid End(IncrementalHash hash) => new(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);

    static void Append(IncrementalHash hash, IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (name, value) in labels)
        {
            Append(hash, name);
            Append(hash, value);
        }
    }

    // With its length before it, so that no two texts run into each other.
    static void Append(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    static void Append(IncrementalHash hash, long one, long other)
    {
        Span<byte> numbers = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, one);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[sizeof(long)..], other);
        hash.AppendData(numbers);
    }
}
