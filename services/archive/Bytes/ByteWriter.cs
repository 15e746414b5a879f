using System.Buffers.Binary;
using System.Text;

namespace Sigma.Archive.Bytes;

/// <summary>Writes numbers and texts one after the other into memory that grows.</summary>
internal sealed class ByteWriter
{
    byte[] _bytes = new byte[64 * 1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Byte(byte value)
    {
        Room(1);
        _bytes[Length++] = value;
    }

    /// <summary>Seven bits a byte, the lowest first.</summary>
    public void Number(ulong value)
    {
        Room(10);
        for (; value >= 0x80; value >>= 7)
            _bytes[Length++] = (byte)(value | 0x80);
        _bytes[Length++] = (byte)value;
    }

    /// <summary>A number with a sign: small ones, below and above zero, are short.</summary>
    public void Signed(long value) => Number((ulong)(value << 1 ^ value >> 63));

    public void Fixed(double value)
    {
        Room(sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(Length), value);
        Length += sizeof(double);
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number((ulong)length);
        Room(length);
        Encoding.UTF8.GetBytes(value, _bytes.AsSpan(Length));
        Length += length;
    }

    public void Pairs(IReadOnlyCollection<KeyValuePair<string, string>>? pairs)
    {
        Number((ulong)(pairs?.Count ?? 0));
        if (pairs is not null)
            foreach (var (name, value) in pairs)
            {
                Text(name);
                Text(value);
            }
    }

    void Room(int more)
    {
        if (_bytes.Length - Length < more)
            Array.Resize(ref _bytes, Math.Max(Length + more, 2 * _bytes.Length));
    }
}
