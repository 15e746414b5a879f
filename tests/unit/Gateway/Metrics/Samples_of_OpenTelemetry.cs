using Sigma.Gateway.Metrics.Otlp;
using Sigma.Gateway.Protobuf;
using Sigma.Gateway.Webhooks;
using static Sigma.UnitTests.Gateway.Metrics.ReadSamples;

namespace Sigma.UnitTests.Gateway.Metrics;

public sealed class Samples_of_OpenTelemetry
{
    [Fact]
    public void Makes_the_series_that_Prometheus_makes()
    {
        var batch = Batch();
        new OtlpSamples(batch, []).Add(OtlpMetricsJson.Read(Payload.Bytes("metrics/otlp-metrics.json")));
        Assert.Equal([
            "my_counter{job=my.service,my_counter_attr=some value} 5 1544712660300",
            "my_gauge_ratio{job=my.service,my_gauge_attr=some value} 10 1544712660300",
            "my_histogram_bucket{job=my.service,le=1,my_histogram_attr=some value} 1 1544712660300",
            "my_histogram_bucket{job=my.service,le=+Inf,my_histogram_attr=some value} 2 1544712660300",
            "my_histogram_count{job=my.service,my_histogram_attr=some value} 2 1544712660300",
            "my_histogram_sum{job=my.service,my_histogram_attr=some value} 2 1544712660300",
            "my_exponential_histogram_bucket{job=my.service,le=0,my_exponential_histogram_attr=some value} 1 1544712660300",
            "my_exponential_histogram_bucket{job=my.service,le=8,my_exponential_histogram_attr=some value} 3 1544712660300",
            "my_exponential_histogram_bucket{job=my.service,le=+Inf,my_exponential_histogram_attr=some value} 3 1544712660300",
            "my_exponential_histogram_count{job=my.service,my_exponential_histogram_attr=some value} 3 1544712660300",
            "my_exponential_histogram_sum{job=my.service,my_exponential_histogram_attr=some value} 10 1544712660300",
        ], batch.Words());
        Assert.Equal(0, batch.Refused);
    }

    [Fact]
    public void Reads_protocol_buffers_as_JSON()
    {
        var point = new ProtobufWriter().Message(7, Attribute("a", new ProtobufWriter().Number(3, 7))).Fixed64(3, Nanoseconds).Fixed64(6, 42);
        var summary = new ProtobufWriter().Fixed64(3, Nanoseconds).Fixed64(4, 2).Double(5, 1.5)
            .Message(6, new ProtobufWriter().Double(1, 0.5).Double(2, 0.7));
        var request = new ProtobufWriter().Message(1, new ProtobufWriter()
            .Message(1, new ProtobufWriter().Message(1, Attribute("service.name", new ProtobufWriter().Text(1, "shop")))
                .Message(1, Attribute("service.namespace", new ProtobufWriter().Text(1, "eu")))
                .Message(1, Attribute("host.name", new ProtobufWriter().Text(1, "h1"))))
            .Message(2, new ProtobufWriter()
                .Message(2, new ProtobufWriter().Text(1, "requests").Text(3, "{request}")
                    .Message(7, new ProtobufWriter().Message(1, point).Number(2, 2).Number(3, 1)))
                .Message(2, new ProtobufWriter().Text(1, "rpc.duration").Text(3, "ms").Message(11, new ProtobufWriter().Message(1, summary)))));
        var batch = Batch();
        new OtlpSamples(batch, ["host.name"]).Add(OtlpMetricsProtobuf.Read(request.Written.Span));
        Assert.Equal([
            "requests_total{a=7,host_name=h1,job=eu/shop} 42 1544712660300",
            "rpc_duration_milliseconds{host_name=h1,job=eu/shop,quantile=0.5} 0.7 1544712660300",
            "rpc_duration_milliseconds_count{host_name=h1,job=eu/shop} 2 1544712660300",
            "rpc_duration_milliseconds_sum{host_name=h1,job=eu/shop} 1.5 1544712660300",
        ], batch.Words());
    }

    [Theory]
    [InlineData("system.cpu.time", "s", true, false, "system_cpu_time_seconds_total")]
    [InlineData("disk.io.total", "By/s", true, false, "disk_io_bytes_per_second_total")]
    [InlineData("cpu.utilization", "1", false, true, "cpu_utilization_ratio")]
    [InlineData("queue", "{message}", false, true, "queue")]
    [InlineData("2xx", "", false, true, "_2xx")]
    [InlineData("°", "", false, true, "")]
    public void Names_as_Prometheus_does(string name, string unit, bool isTotal, bool isGauge, string expected) =>
        Assert.Equal(expected, OtlpNames.Metric(name, unit, isTotal, isGauge));

    [Theory]
    [InlineData("""{"resourceMetrics":null}""")]
    [InlineData("""{"resourceMetrics":[null,{"scopeMetrics":[{"metrics":[null,{"name":null,"sum":{"dataPoints":[null,{"attributes":null}]}}]}]}]}""")]
    [InlineData("{}")]
    public void Passes_over_what_is_not_there(string body)
    {
        var batch = Batch();
        new OtlpSamples(batch, []).Add(OtlpMetricsJson.Read(System.Text.Encoding.UTF8.GetBytes(body)));
        Assert.Empty(batch.Samples);
    }

    [Theory]
    [InlineData("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":7}]}]}]}""", "resourceMetrics[0].scopeMetrics[0].metrics[0].name")]
    [InlineData("""{"resourceMetrics":[""", "resourceMetrics[0]")]
    public void Says_where_JSON_is_wrong(string body, string place) => Assert.Equal(place,
        Assert.Throws<MalformedBodyException>(() => OtlpMetricsJson.Read(System.Text.Encoding.UTF8.GetBytes(body))).Place);

    [Fact]
    public void Refuses_JSON_that_is_too_deep() => Assert.Throws<MalformedBodyException>(() => OtlpMetricsJson.Read(
        System.Text.Encoding.UTF8.GetBytes("""{"x":""" + new string('[', 100_000))));

    const ulong Nanoseconds = 1544712660300000000;

    static ProtobufWriter Attribute(string key, ProtobufWriter value) => new ProtobufWriter().Text(1, key).Message(2, value);
}
