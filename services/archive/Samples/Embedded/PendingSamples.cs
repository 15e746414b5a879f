using Sigma.Archive.Bytes;

namespace Sigma.Archive.Samples.Embedded;

/// <summary>Samples as they came, of many series: quickly written, and later put in order.</summary>
internal static class PendingSamples
{
    public static byte[] Write(IReadOnlyList<(long Series, Point Point)> samples, ByteWriter writer)
    {
        writer.Clear();
        writer.Number((ulong)samples.Count);
        var at = 0L;
        foreach (var (series, point) in samples)
        {
            writer.Number((ulong)series);
            writer.Signed(point.At - at);
            writer.Fixed(point.Value);
            at = point.At;
        }
        return writer.Written.ToArray();
    }

    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static void Read(ReadOnlySpan<byte> bytes, Action<long, Point> sample)
    {
        ByteReader reader = new(bytes);
        var at = 0L;
        for (var count = reader.Count(); count > 0; count--)
        {
            var series = (long)reader.Number();
            at += reader.Signed();
            sample(series, new Point(at, reader.Fixed()));
        }
    }
}
