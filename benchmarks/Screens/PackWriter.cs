using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sigma.Benchmarks.Screens;

/// <summary>Writes messages of a page's connection: MessagePack, each with its length before it.</summary>
internal static class PackWriter
{
    const int Ping = 6, Invocation = 1;

    public static byte[] OfPing { get; } = [2, 0x91, Ping];

    /// <summary>A call of the server.</summary>
    /// <param name="id">What its answer names; null when no answer is wanted.</param>
    /// <param name="target">The method.</param>
    /// <param name="arguments">Texts, whole numbers, truths and nulls.</param>
    public static byte[] Call(string? id, string target, params ReadOnlySpan<object?> arguments)
    {
        ArrayBufferWriter<byte> body = new();
        Put(body, 0x95, Invocation, 0x80);
        Write(body, id);
        Write(body, target);
        Put(body, (byte)(0x90 | arguments.Length));
        foreach (var argument in arguments)
            Write(body, argument);
        ArrayBufferWriter<byte> message = new(body.WrittenCount + 5);
        for (var length = (uint)body.WrittenCount; ; length >>= 7)
        {
            Put(message, (byte)(length & 0x7f | (length > 0x7f ? 0x80u : 0)));
            if (length <= 0x7f)
                break;
        }
        Put(message, body.WrittenSpan);
        return message.WrittenSpan.ToArray();
    }

    static void Write(ArrayBufferWriter<byte> to, object? value)
    {
        switch (value)
        {
            case null:
                Put(to, 0xc0);
                break;
            case bool truth:
                Put(to, truth ? (byte)0xc3 : (byte)0xc2);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                Sized(to, 0xdb, (uint)bytes.Length);
                Put(to, bytes);
                break;
            case long number:
                Put(to, 0xd3);
                BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(8), number);
                to.Advance(8);
                break;
            default:
                throw new NotSupportedException($"{value.GetType()} is not written.");
        }
    }

    static void Put(ArrayBufferWriter<byte> to, params ReadOnlySpan<byte> bytes) => to.Write(bytes);

    static void Sized(ArrayBufferWriter<byte> to, byte kind, uint length)
    {
        Put(to, kind);
        BinaryPrimitives.WriteUInt32BigEndian(to.GetSpan(4), length);
        to.Advance(4);
    }
}
