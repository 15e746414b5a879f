using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sigma.Gateway.Protobuf;

/// <summary>Writes the small answers that senders of protocol buffers expect.</summary>
internal sealed class ProtobufWriter
{
    readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>All that was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public ProtobufWriter Number(int field, long value)
    {
        Raw((ulong)field << 3 | (ulong)WireType.Varint);
        Raw((ulong)value);
        return this;
    }

    public ProtobufWriter Double(int field, double value)
    {
        Raw((ulong)field << 3 | (ulong)WireType.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
        return this;
    }

    public ProtobufWriter Fixed64(int field, ulong value)
    {
        Raw((ulong)field << 3 | (ulong)WireType.Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.Written.Span);

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Raw((ulong)field << 3 | (ulong)WireType.Bytes);
        Raw((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
