using System.Buffers.Binary;
using System.Text;

namespace Sigma.Archive.Bytes;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. Bytes that are something else end in an <see cref="InvalidDataException"/>.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> _rest = bytes;

    public byte Byte()
    {
        if (_rest.IsEmpty)
            throw Damaged();
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw Damaged();
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public double Fixed() => BinaryPrimitives.ReadDoubleLittleEndian(Raw(sizeof(double)));

    public ReadOnlySpan<byte> Raw(int length)
    {
        if (length > _rest.Length)
            throw Damaged();
        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    /// <summary>A number of things that follow, each at least a byte.</summary>
    public int Count() => Number() is var count && count <= (ulong)_rest.Length ? (int)count : throw Damaged();

    public ReadOnlySpan<byte> Bytes() => Raw(Count());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public Dictionary<string, string>? Pairs()
    {
        var count = Count();
        if (count == 0)
            return null;
        Dictionary<string, string> pairs = new(count, StringComparer.OrdinalIgnoreCase);
        for (; count > 0; count--)
            pairs[Text()] = Text();
        return pairs;
    }

    public void SkipPairs()
    {
        for (var count = Count(); count > 0; count--)
        {
            Bytes();
            Bytes();
        }
    }

    static InvalidDataException Damaged() => new("a block of the archive is damaged");
}
