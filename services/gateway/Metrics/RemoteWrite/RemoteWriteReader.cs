using Sigma.Gateway.Protobuf;

namespace Sigma.Gateway.Metrics.RemoteWrite;

/// <summary>Reads the messages of Prometheus' remote write, unpacked: version 1.0 and version 2.0.</summary>
internal sealed class RemoteWriteReader(SampleBatch batch)
{
    const int MostSymbols = 200_000, MostReferences = 200;

    readonly List<(double Value, long At)> _samples = [];
    readonly List<(double Count, double? Sum, long At)> _histograms = [];
    readonly List<uint> _references = [];

    /// <summary>Samples that were understood, without those of histograms.</summary>
    public int Samples { get; private set; }

    /// <summary>Native histograms that were understood; each is kept as its count and its sum.</summary>
    public int Histograms { get; private set; }

    /// <summary>Reads <c>prometheus.WriteRequest</c>.</summary>
    public void ReadVersion1(ReadOnlySpan<byte> body)
    {
        ProtobufReader request = new(body);
        while (request.Next())
            if (request.Field == 1)
                SeriesOfVersion1(request.Message());
            else
                request.Skip();
    }

    /// <summary>Reads <c>io.prometheus.write.v2.Request</c>.</summary>
    public void ReadVersion2(ReadOnlySpan<byte> body)
    {
        List<(int Start, int Length)> symbols = [];
        ProtobufReader table = new(body);
        while (table.Next())
            if (table.Field == 4)
            {
                var symbol = table.Utf8Text();
                if (symbols.Count == MostSymbols)
                    throw table.Malformed($"there are more than {MostSymbols} symbols");
                symbols.Add((table.Offset - symbol.Length, symbol.Length));
            }
            else
                table.Skip();
        ProtobufReader request = new(body);
        while (request.Next())
            if (request.Field == 5)
                SeriesOfVersion2(request.Message(), body, symbols);
            else
                request.Skip();
    }

    void SeriesOfVersion1(ProtobufReader series)
    {
        Begin();
        while (series.Next())
            switch (series.Field)
            {
                case 1: Label(series.Message()); break;
                case 2: Sample(series.Message()); break;
                case 4: Histogram(series.Message()); break;
                default: series.Skip(); break; // exemplars are not kept
            }
        End();
    }

    void SeriesOfVersion2(ProtobufReader series, ReadOnlySpan<byte> body, List<(int Start, int Length)> symbols)
    {
        Begin();
        _references.Clear();
        while (series.Next())
            switch (series.Field)
            {
                case 1: series.AddUInt32s(_references, MostReferences); break;
                case 2: Sample(series.Message()); break;
                case 3: Histogram(series.Message()); break;
                default: series.Skip(); break;
            }
        if (_references.Count % 2 != 0)
            throw series.Malformed("a label has a name and no value");
        for (var at = 0; at < _references.Count; at += 2)
            batch.Labels.Add(Symbol(_references[at], series, body, symbols), Symbol(_references[at + 1], series, body, symbols));
        End();
    }

    static ReadOnlySpan<byte> Symbol(uint reference, ProtobufReader series, ReadOnlySpan<byte> body, List<(int Start, int Length)> symbols) =>
        reference < symbols.Count ? body.Slice(symbols[(int)reference].Start, symbols[(int)reference].Length)
            : throw series.Malformed($"there is no symbol {reference}");

    void Begin()
    {
        batch.Labels.Begin();
        _samples.Clear();
        _histograms.Clear();
    }

    void End()
    {
        if (_samples.Count > 0)
        {
            var series = batch.Labels.End();
            var before = batch.Understood;
            foreach (var (value, at) in _samples)
                batch.Add(series, value, at);
            Samples += batch.Understood - before;
        }
        if (_histograms.Count == 0)
            return;
        var (counts, sums) = (batch.Labels.End("_count"), batch.Labels.End("_sum"));
        foreach (var (count, sum, at) in _histograms)
        {
            var refused = batch.Refused;
            batch.Add(counts, count, at);
            if (sum is { } value)
                batch.Add(sums, value, at);
            if (batch.Refused == refused)
                Histograms++;
        }
    }

    void Label(ProtobufReader label)
    {
        ReadOnlySpan<byte> name = default, value = default;
        while (label.Next())
            switch (label.Field)
            {
                case 1: name = label.Utf8Text(); break;
                case 2: value = label.Utf8Text(); break;
                default: label.Skip(); break;
            }
        batch.Labels.Add(name, value);
    }

    void Sample(ProtobufReader sample)
    {
        var (value, at) = (0d, 0L);
        while (sample.Next())
            switch (sample.Field)
            {
                case 1: value = sample.Double(); break;
                case 2: at = sample.Int64(); break;
                default: sample.Skip(); break;
            }
        _samples.Add((value, at));
    }

    // Of both versions alike. What is in its buckets is not kept.
    void Histogram(ProtobufReader histogram)
    {
        var (count, sum, at) = (0d, (double?)null, 0L);
        while (histogram.Next())
            switch (histogram.Field)
            {
                case 1: count = histogram.UInt64(); break;
                case 2: count = histogram.Double(); break;
                case 3: sum = histogram.Double(); break;
                case 15: at = histogram.Int64(); break;
                default: histogram.Skip(); break;
            }
        _histograms.Add((count, sum, at));
    }
}
