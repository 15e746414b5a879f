using System.Numerics;
using Sigma.Archive.Bytes;

namespace Sigma.Archive.Samples.Embedded;

/// <summary>
/// Values of one series, in the order of their times, in few bytes: of a time, how much the distance to the one before has changed; of a value, the
/// bytes that differ from the one before. An even rhythm and a value that stands still take two bytes a sample.
/// </summary>
internal static class Chunk
{
    public static byte[] Write(ReadOnlySpan<Point> points, ByteWriter writer)
    {
        writer.Clear();
        writer.Number((ulong)points.Length);
        long at = 0, distance = 0;
        ulong bits = 0;
        foreach (var point in points)
        {
            writer.Signed(point.At - at - distance);
            distance = point.At - at;
            at = point.At;
            Write(writer, BitConverter.DoubleToUInt64Bits(point.Value) ^ bits);
            bits = BitConverter.DoubleToUInt64Bits(point.Value);
        }
        return writer.Written.ToArray();
    }

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static void Read(ReadOnlySpan<byte> bytes, TimeRange range, List<Point> into)
    {
        ByteReader reader = new(bytes);
        long at = 0, distance = 0;
        ulong bits = 0;
        for (var count = reader.Count(); count > 0; count--)
        {
            distance += reader.Signed();
            at += distance;
            bits ^= ReadDifference(ref reader);
            if (at >= range.From && at < range.To)
                into.Add(new Point(at, BitConverter.UInt64BitsToDouble(bits)));
        }
    }

    // How many bytes are zero at the end, and how many follow that are not all zero; then these.
    static void Write(ByteWriter writer, ulong difference)
    {
        var after = difference == 0 ? 0 : BitOperations.TrailingZeroCount(difference) / 8;
        var length = difference == 0 ? 0 : 8 - BitOperations.LeadingZeroCount(difference) / 8 - after;
        writer.Byte((byte)(after << 4 | length));
        difference >>= 8 * after;
        for (; length > 0; length--, difference >>= 8)
            writer.Byte((byte)difference);
    }

    static ulong ReadDifference(ref ByteReader reader)
    {
        var header = reader.Byte();
        var (after, length) = (header >> 4, header & 0xF);
        if (after + length > 8)
            throw new InvalidDataException("a chunk of the archive is damaged");
        var difference = 0UL;
        for (var at = 0; at < length; at++)
            difference |= (ulong)reader.Byte() << 8 * (after + at);
        return difference;
    }
}
