using Sigma.Gateway.Metrics.RemoteWrite;
using Sigma.Gateway.Protobuf;
using Sigma.Gateway.Webhooks;
using Snappier;
using static Sigma.UnitTests.Gateway.Metrics.ReadSamples;

namespace Sigma.UnitTests.Gateway.Metrics;

public sealed class Samples_of_remote_write
{
    [Fact]
    public void Reads_version_1_without_the_end_of_a_series()
    {
        var batch = Batch();
        RemoteWriteReader reader = new(batch);
        reader.ReadVersion1(Snappy.DecompressToArray(Payload.Bytes("metrics/remote-write-v1.snappy")));
        Assert.Equal([
            "up{instance=localhost:9090,job=prometheus} 1 1435781430781",
            "up{instance=localhost:9091,job=node} 0 1435781430781", "up{instance=localhost:9091,job=node} 1 1435781445781",
        ], batch.Words());
        Assert.Equal((4, 0), (reader.Samples, batch.Refused)); // the stale marker is understood, and is no value
    }

    [Fact]
    public void Reads_version_2_by_its_symbols()
    {
        var batch = Batch();
        RemoteWriteReader reader = new(batch);
        reader.ReadVersion2(Snappy.DecompressToArray(Payload.Bytes("metrics/remote-write-v2.snappy")));
        Assert.Equal(["http_requests_total{instance=localhost:9090,job=prometheus} 1027 1435781430781"],
            batch.Words());
        Assert.Equal((1, 0), (reader.Samples, reader.Histograms));
    }

    [Fact]
    public void Keeps_count_and_sum_of_a_native_histogram()
    {
        var batch = Batch();
        var histogram = new ProtobufWriter().Number(1, 12).Double(3, 3.5).Number(15, Now.ToUnixTimeMilliseconds());
        RemoteWriteReader reader = new(batch);
        reader.ReadVersion1(Request(Series(("__name__", "latency")).Message(4, histogram)));
        Assert.Equal(["latency_count{} 12", "latency_sum{} 3.5"], batch.Words());
        Assert.Equal((0, 1), (reader.Samples, reader.Histograms));
    }

    [Fact]
    public void Takes_what_is_right_and_says_what_is_wrong_with_the_rest()
    {
        var batch = Batch();
        RemoteWriteReader reader = new(batch);
        reader.ReadVersion1(Request(
            Sample(Series(("__name__", "right"), ("Job", "a")), 1),
            Sample(Series(("job", "a")), 2),
            Sample(Series(("__name__", "twice"), ("a", "1"), ("A", "2")), 3),
            Sample(Series(("__name__", "tomorrow")), 4, Now.AddDays(1)),
            Sample(Series(("__name__", "old")), 5, DateTimeOffset.UnixEpoch),
            Sample(Series([("__name__", "many"), .. Enumerable.Range(0, 33).Select(i => ($"l{i}", "v"))]), 6),
            Sample(Series(("__name__", "long"), ("l", new string('x', 1001))), 7),
            Sample(Series(("__name__", new string('n', 201))), 8)));
        Assert.Equal(["right{job=a} 1"], batch.Words());
        Assert.Equal((7, "a series has no name"), (batch.Refused, batch.Fault));
    }

    [Fact]
    public void Gives_the_samples_of_a_series_one_set_of_labels_with_those_of_the_integration()
    {
        Sigma.Gateway.Metrics.SeriesCache cache = new(64);
        var (first, second, other) = (Batch(cache, null, ("site", "a")), Batch(cache, null, ("site", "a")), Batch(cache, null, ("site", "b")));
        foreach (var batch in (Sigma.Gateway.Metrics.SampleBatch[])[first, second, other])
            new RemoteWriteReader(batch).ReadVersion1(Request(Sample(Series(("__name__", "up"), ("site", "forged"), ("job", "x")), 1)));
        Assert.Equal("up{job=x,site=a} 1", Assert.Single(first.Words()));
        Assert.Same(first.Samples[0].Labels, second.Samples[0].Labels);
        Assert.Equal("up{job=x,site=b} 1", Assert.Single(other.Words()));
    }

    [Fact]
    public void Says_where_a_reference_leads_nowhere()
    {
        var series = new ProtobufWriter().Bytes(1, [1, 7]).Message(2, new ProtobufWriter().Double(1, 1));
        var request = new ProtobufWriter().Text(4, "").Message(5, series);
        Assert.EndsWith("there is no symbol 1", Assert.Throws<MalformedBodyException>(() =>
            new RemoteWriteReader(Batch()).ReadVersion2(request.Written.Span)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_more_samples_than_a_request_may_have()
    {
        var request = Request([.. Enumerable.Range(0, 1001).Select(i => Sample(Series(("__name__", "up")), i))]);
        Assert.Throws<Sigma.Gateway.Intake.RefusedException>(() =>
            new RemoteWriteReader(Batch(options: new() { MostSamples = 1000 })).ReadVersion1(request));
    }

    static ProtobufWriter Series(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        ProtobufWriter series = new();
        foreach (var (name, value) in labels)
            series.Message(1, new ProtobufWriter().Text(1, name).Text(2, value));
        return series;
    }

    static ProtobufWriter Sample(ProtobufWriter series, double value, DateTimeOffset? at = null) =>
        series.Message(2, new ProtobufWriter().Double(1, value).Number(2, (at ?? Now).ToUnixTimeMilliseconds()));

    static byte[] Request(params ReadOnlySpan<ProtobufWriter> series)
    {
        ProtobufWriter request = new();
        foreach (var one in series)
            request.Message(1, one);
        return request.Written.ToArray();
    }
}
