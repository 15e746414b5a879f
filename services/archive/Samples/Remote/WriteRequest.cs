using System.Buffers.Binary;
using System.Text;
using Sigma.Contracts;
using Snappier;

namespace Sigma.Archive.Samples.Remote;

/// <summary>The body of a remote write 1.0: protocol buffers in snappy's block format.</summary>
internal static class WriteRequest
{
    const string NameLabel = "__name__";

    /// <summary>Samples by series, each in the order of its times: of two at one time the last one counts.</summary>
    public static IReadOnlyList<RemoteSeries> Series(IReadOnlyList<Sample> samples) =>
        [.. samples.GroupBy(sample => SeriesName.Of(sample.Series, sample.Labels), SameSeries.Instance)
            .Select(series => new RemoteSeries(LabelsOf(series.Key), [.. series
                .GroupBy(sample => sample.At.ToUnixTimeMilliseconds(), (at, same) => new Point(at, same.Last().Value)).OrderBy(point => point.At)]))];

    public static byte[] Body(IEnumerable<RemoteSeries> series)
    {
        ProtobufBytes request = new(), inner = new(), item = new();
        foreach (var (labels, points) in series)
        {
            inner.Clear();
            foreach (var (name, value) in labels)
            {
                item.Clear();
                item.Text(1, name);
                item.Text(2, value);
                inner.Message(1, item);
            }
            foreach (var point in points)
            {
                item.Clear();
                item.Double(1, point.Value);
                item.Number(2, point.At);
                inner.Message(2, item);
            }
            request.Message(1, inner);
        }
        return Snappy.CompressToArray(request.Written);
    }

    /// <summary>A name as Prometheus takes it: what it does not take is an underscore.</summary>
    public static string NameOf(string name, bool isMetric)
    {
        StringBuilder valid = new(name.Length + 1);
        foreach (var character in name)
            valid.Append(char.IsAsciiLetterOrDigit(character) || character == '_' || (isMetric && character == ':') ? character : '_');
        if (char.IsAsciiDigit(valid[0]))
            valid.Insert(0, '_');
        return valid.ToString();
    }

    // By name; two that become the same are one, and an empty value is none.
    static IReadOnlyList<KeyValuePair<string, string>> LabelsOf(SeriesName series)
    {
        SortedDictionary<string, string> labels = new(StringComparer.Ordinal) { [NameLabel] = NameOf(series.Name, isMetric: true) };
        foreach (var (label, value) in series.Labels)
            if (value.Length > 0)
                labels.TryAdd(NameOf(label, isMetric: false), value);
        return [.. labels];
    }

    sealed class SameSeries : IEqualityComparer<SeriesName>
    {
        public static SameSeries Instance { get; } = new();

        public bool Equals(SeriesName? one, SeriesName? other) => one?.CompareTo(other) == 0;

        public int GetHashCode(SeriesName series) => HashCode.Combine(series.Name, series.Text);
    }

    /// <summary>Protocol buffers, as far as a remote write needs them.</summary>
    sealed class ProtobufBytes
    {
        byte[] _bytes = new byte[1024];
        int _length;

        public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

        public void Clear() => _length = 0;

        public void Number(int field, long value)
        {
            Varint((ulong)(field << 3));
            Varint((ulong)value);
        }

        public void Double(int field, double value)
        {
            Varint((ulong)(field << 3 | 1));
            Room(sizeof(double));
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(_length), value);
            _length += sizeof(double);
        }

        public void Text(int field, string value)
        {
            var length = Encoding.UTF8.GetByteCount(value);
            Varint((ulong)(field << 3 | 2));
            Varint((ulong)length);
            Room(length);
            _length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length));
        }

        public void Message(int field, ProtobufBytes message)
        {
            Varint((ulong)(field << 3 | 2));
            Varint((ulong)message._length);
            Room(message._length);
            message.Written.CopyTo(_bytes.AsSpan(_length));
            _length += message._length;
        }

        void Varint(ulong value)
        {
            Room(10);
            for (; value >= 0x80; value >>= 7)
                _bytes[_length++] = (byte)(value | 0x80);
            _bytes[_length++] = (byte)value;
        }

        void Room(int more)
        {
            if (_bytes.Length - _length < more)
                Array.Resize(ref _bytes, Math.Max(_length + more, 2 * _bytes.Length));
        }
    }
}

/// <summary>A series with its name among its labels, which are in order, and values to hand on.</summary>
internal sealed record RemoteSeries(IReadOnlyList<KeyValuePair<string, string>> Labels, IReadOnlyList<Point> Points);
