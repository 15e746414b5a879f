using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Protobuf;

/// <summary>How a field's value is written.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>
/// Reads a message of protocol buffers field by field, without objects for what nobody keeps: <c>while (reader.Next()) switch (reader.Field)</c>. A
/// field that is not read, or is written in another way than its reader expects, is an error with its place, or is left with <see cref="Skip"/>.
/// </summary>
internal ref struct ProtobufReader
{
    const int Deepest = 32;

    readonly ReadOnlySpan<byte> _bytes;
    readonly int _offset, _depth;
    int _at;

    /// <summary>Reads a whole body.</summary>
    public ProtobufReader(ReadOnlySpan<byte> bytes) : this(bytes, 0, 0)
    {
    }

    ProtobufReader(ReadOnlySpan<byte> bytes, int offset, int depth)
    {
        _bytes = bytes;
        _offset = offset;
        _depth = depth;
    }

    /// <summary>Number of the field that comes.</summary>
    public int Field { get; private set; }

    /// <summary>How it is written.</summary>
    public WireType Type { get; private set; }

    /// <summary>Where in the body this is.</summary>
    public readonly string Place => $"byte {_offset + _at}";

    /// <summary>How many bytes of the body are read.</summary>
    public readonly int Offset => _offset + _at;

    /// <summary>Whether nothing is left of this message.</summary>
    public readonly bool IsAtEnd => _at >= _bytes.Length;

    /// <summary>Reads the next field's number; not, at the end.</summary>
    public bool Next()
    {
        if (_at >= _bytes.Length)
            return false;
        var tag = Raw();
        if (tag > uint.MaxValue || tag >> 3 == 0)
            throw Malformed("no field has this number");
        Field = (int)(tag >> 3);
        Type = (WireType)(tag & 7);
        return true;
    }

    /// <summary>Leaves the field's value.</summary>
    public void Skip()
    {
        switch (Type)
        {
            case WireType.Varint: Raw(); break;
            case WireType.Fixed64: Take(8); break;
            case WireType.Fixed32: Take(4); break;
            case WireType.Bytes: Take(Length()); break;
            default: throw Malformed($"a field cannot be written in the way {(int)Type}");
        }
    }

    public ulong UInt64()
    {
        Expect(WireType.Varint);
        return Raw();
    }

    public long Int64() => (long)UInt64();

    public int Int32() => (int)UInt64();

    public uint UInt32() => (uint)UInt64();

    public bool Boolean() => UInt64() != 0;

    /// <summary>A number of the type sint32, whose sign is its last bit.</summary>
    public int SInt32() => (int)SInt64();

    /// <summary>A number of the type sint64, whose sign is its last bit.</summary>
    public long SInt64()
    {
        var value = UInt64();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong Fixed64()
    {
        Expect(WireType.Fixed64);
        return BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
    }

    public uint Fixed32()
    {
        Expect(WireType.Fixed32);
        return BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
    }

    public double Double()
    {
        Expect(WireType.Fixed64);
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
    }

    /// <summary>Bytes of the body; they are not copied.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        Expect(WireType.Bytes);
        return Take(Length());
    }

    /// <summary>Bytes of the body that are a text in UTF-8; they are not copied.</summary>
    public ReadOnlySpan<byte> Utf8Text()
    {
        var bytes = Bytes();
        return Utf8.IsValid(bytes) ? bytes : throw Malformed("the text is not UTF-8");
    }

    public string Text() => Encoding.UTF8.GetString(Utf8Text());

    /// <summary>Reads a message within this one.</summary>
    public ProtobufReader Message()
    {
        Expect(WireType.Bytes);
        var length = Length();
        if (_depth == Deepest)
            throw Malformed($"messages are more than {Deepest} deep");
        var offset = _offset + _at;
        return new(Take(length), offset, _depth + 1);
    }

    /// <summary>Reads a message whose length stands before it, without a field's number.</summary>
    public ProtobufReader Delimited()
    {
        var length = Length();
        var offset = _offset + _at;
        return new(Take(length), offset, _depth + 1);
    }

    /// <summary>Adds a repeated number, which is written alone or with others in one field.</summary>
    public void AddUInt32s(List<uint> to, int most)
    {
        if (Type == WireType.Varint)
        {
            AddWithin(to, (uint)Raw(), most);
            return;
        }
        for (var packed = Message(); !packed.IsAtEnd;)
            AddWithin(to, (uint)packed.Raw(), most);
    }

    /// <inheritdoc cref="AddUInt32s"/>
    public void AddUInt64s(List<ulong> to, int most)
    {
        if (Type == WireType.Varint)
        {
            AddWithin(to, Raw(), most);
            return;
        }
        for (var packed = Message(); !packed.IsAtEnd;)
            AddWithin(to, packed.Raw(), most);
    }

    /// <summary>The same of numbers of the type sint64.</summary>
    public void AddSInt64s(List<long> to, int most)
    {
        if (Type == WireType.Varint)
        {
            AddWithin(to, SInt64(), most);
            return;
        }
        for (var packed = Message(); !packed.IsAtEnd;)
        {
            var value = packed.Raw();
            AddWithin(to, (long)(value >> 1) ^ -(long)(value & 1), most);
        }
    }

    /// <summary>The same of numbers of the type fixed64.</summary>
    public void AddFixed64s(List<ulong> to, int most)
    {
        if (Type == WireType.Fixed64)
        {
            AddWithin(to, Fixed64(), most);
            return;
        }
        for (var packed = Message(); !packed.IsAtEnd;)
            AddWithin(to, BinaryPrimitives.ReadUInt64LittleEndian(packed.Take(8)), most);
    }

    /// <summary>The same of numbers of the type double.</summary>
    public void AddDoubles(List<double> to, int most)
    {
        if (Type == WireType.Fixed64)
        {
            AddWithin(to, Double(), most);
            return;
        }
        for (var packed = Message(); !packed.IsAtEnd;)
            AddWithin(to, BinaryPrimitives.ReadDoubleLittleEndian(packed.Take(8)), most);
    }

    /// <summary>What is wrong where this reader is.</summary>
    public readonly MalformedBodyException Malformed(string reason) => new(Place, reason);

    readonly void AddWithin<T>(List<T> to, T value, int most)
    {
        if (to.Count >= most)
            throw Malformed($"there are more than {most} values");
        to.Add(value);
    }

    readonly void Expect(WireType type)
    {
        if (Type != type)
            throw Malformed($"field {Field} is written as {Type}, not as {type}");
    }

    int Length()
    {
        var length = Raw();
        return length <= (ulong)(_bytes.Length - _at) ? (int)length
            : throw Malformed($"{length} bytes should follow, {_bytes.Length - _at} do");
    }

    ReadOnlySpan<byte> Take(int length)
    {
        if (length > _bytes.Length - _at)
            throw Malformed($"{length} bytes should follow, {_bytes.Length - _at} do");
        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }

    ulong Raw()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_at >= _bytes.Length)
                throw Malformed("the body ends within a number");
            var next = _bytes[_at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
        throw Malformed("a number is longer than 64 bits");
    }
}
