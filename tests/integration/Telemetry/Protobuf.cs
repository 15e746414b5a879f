using System.Buffers.Binary;
using System.Text;

namespace Sigma.IntegrationTests.Telemetry;

/// <summary>Reads protobuf field by field, without its schema.</summary>
internal static class Protobuf
{
    /// <summary>The fields of a message in their order. Of a number its value, of anything else its bytes.</summary>
    public static IEnumerable<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> message)
    {
        while (message.Length > 0)
        {
            var tag = Varint(ref message);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return (field, Varint(ref message), default);
                    break;
                case 1:
                    yield return (field, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref message, 8).Span), default);
                    break;
                case 2:
                    yield return (field, 0, Take(ref message, (int)Varint(ref message)));
                    break;
                case 5:
                    yield return (field, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref message, 4).Span), default);
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7} of field {field}");
            }
        }
    }

    public static IEnumerable<ReadOnlyMemory<byte>> All(ReadOnlyMemory<byte> message, int field) =>
        Fields(message).Where(f => f.Field == field).Select(f => f.Bytes);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> message, int length)
    {
        var taken = message[..length];
        message = message[length..];
        return taken;
    }

    static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        var value = 0UL;
        var length = 0;
        byte next;
        do
        {
            next = message.Span[length];
            value |= (ulong)(next & 0x7f) << (7 * length++);
        }
        while (next >= 0x80);
        message = message[length..];
        return value;
    }
}
