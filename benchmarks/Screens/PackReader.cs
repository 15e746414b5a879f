using System.Buffers.Binary;

namespace Sigma.Benchmarks.Screens;

/// <summary>Reads as much of MessagePack as the messages of a page's connection have.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> _rest = bytes;

    public int Array() => Byte() switch
    {
        var b and >= 0x90 and <= 0x9f => b & 0x0f,
        0xdc => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2)),
        0xdd => BinaryPrimitives.ReadInt32BigEndian(Bytes(4)),
        var b => throw Unexpected(b),
    };

    public long Integer() => Byte() switch
    {
        var b and <= 0x7f => b,
        var b and >= 0xe0 => (sbyte)b,
        0xcc => Byte(),
        0xcd => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2)),
        0xce => BinaryPrimitives.ReadUInt32BigEndian(Bytes(4)),
        0xcf => (long)BinaryPrimitives.ReadUInt64BigEndian(Bytes(8)),
        0xd0 => (sbyte)Byte(),
        0xd1 => BinaryPrimitives.ReadInt16BigEndian(Bytes(2)),
        0xd2 => BinaryPrimitives.ReadInt32BigEndian(Bytes(4)),
        0xd3 => BinaryPrimitives.ReadInt64BigEndian(Bytes(8)),
        var b => throw Unexpected(b),
    };

    /// <summary>A text or bytes; empty for nil.</summary>
    public ReadOnlySpan<byte> Text() => Byte() switch
    {
        0xc0 => default,
        var b and >= 0xa0 and <= 0xbf => Bytes(b & 0x1f),
        0xc4 or 0xd9 => Bytes(Byte()),
        0xc5 or 0xda => Bytes(BinaryPrimitives.ReadUInt16BigEndian(Bytes(2))),
        0xc6 or 0xdb => Bytes(BinaryPrimitives.ReadInt32BigEndian(Bytes(4))),
        var b => throw Unexpected(b),
    };

    public void Skip()
    {
        switch (_rest[0])
        {
            case >= 0x90 and <= 0x9f or 0xdc or 0xdd:
                for (var items = Array(); items > 0; items--)
                    Skip();
                break;
            case >= 0x80 and <= 0x8f:
                for (var items = 2 * (Byte() & 0x0f); items > 0; items--)
                    Skip();
                break;
            case >= 0xa0 and <= 0xbf or >= 0xc4 and <= 0xc6 or >= 0xd9 and <= 0xdb:
                Text();
                break;
            case 0xc0 or 0xc2 or 0xc3:
                Byte();
                break;
            case 0xca:
                Bytes(5);
                break;
            case 0xcb:
                Bytes(9);
                break;
            default:
                Integer();
                break;
        }
    }

    int Byte() => Bytes(1)[0];

    ReadOnlySpan<byte> Bytes(int count)
    {
        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    static InvalidDataException Unexpected(int b) => new($"0x{b:x2} is not expected here.");
}
