using System.Net;
using System.Text;
using Sigma.Gateway.Protobuf;
using Sigma.ServiceTests.Gateway.Senders;
using Snappier;

namespace Sigma.ServiceTests.Gateway.Metrics;

/// <summary>Exemplars are passed over in every protocol that has them: their samples are kept, and nothing is refused for them.</summary>
public sealed class Exemplars_over_HTTP
{
    const string Version1 = "application/x-protobuf", Version2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    static ProtobufWriter TraceId => new ProtobufWriter().Text(1, "trace_id").Text(2, "4bf92f3577b34da6a3ce929d0e0e4736");

    [Fact]
    public async Task Of_remote_write_beside_their_samples_and_alone()
    {
        await using var gateway = await SenderSession.Start();
        var exemplar = new ProtobufWriter().Message(1, TraceId).Double(2, 0.3).Number(3, Now);
        var named = new ProtobufWriter().Text(1, "__name__").Text(2, "requests_total");
        var both = new ProtobufWriter().Message(1, named).Message(2, Sample(7)).Message(3, exemplar).Message(3, exemplar);
        var alone = new ProtobufWriter().Message(1, named).Message(3, exemplar); // as Prometheus sends them
        using (var answer = await Write(gateway, new ProtobufWriter().Message(1, both).Message(1, alone), Version1))
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using (var answer = await Write(gateway, new ProtobufWriter().Message(1, alone), Version1))
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);

        var byReference = new ProtobufWriter().Bytes(1, [3, 4]).Double(2, 0.3).Number(3, Now);
        var second = new ProtobufWriter().Text(4, "").Text(4, "__name__").Text(4, "requests_total").Text(4, "trace_id").Text(4, "4bf92f35")
            .Message(5, new ProtobufWriter().Bytes(1, [1, 2]).Message(2, Sample(8)).Message(4, byReference));
        using (var answer = await Write(gateway, second, Version2))
        {
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal(["1"], answer.Headers.GetValues("X-Prometheus-Remote-Write-Samples-Written"));
            Assert.Equal(["0"], answer.Headers.GetValues("X-Prometheus-Remote-Write-Exemplars-Written")); // the sender is told that they are not kept
        }
        await Kept(gateway, "requests_total 7", "requests_total 8");
    }

    [Fact]
    public async Task Of_OpenTelemetry_in_both_encodings()
    {
        await using var gateway = await SenderSession.Start();
        using (var json = await gateway.Post("/v1/metrics", $$$"""
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
              {"name":"queue","gauge":{"dataPoints":[{"timeUnixNano":"{{{Now}}}000000","asInt":"7",
                "exemplars":[{"timeUnixNano":"{{{Now}}}000000","asInt":"3","spanId":"eee19b7ec3c1b174","traceId":"4bf92f3577b34da6a3ce929d0e0e4736",
                  "filteredAttributes":[{"key":"user","value":{"stringValue":"ana"}}]}]}]}},
              {"name":"wait","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"{{{Now}}}000000","count":"2","sum":3,
                "bucketCounts":["1","1"],"explicitBounds":[1],"exemplars":[{"asDouble":0.5,"traceId":"not even one"},{}]}]}}]}]}]}
            """, SenderSession.Metrics))
            Assert.Equal((HttpStatusCode.OK, "{}"), (json.StatusCode, await json.Content.ReadAsStringAsync()));
        var exemplar = new ProtobufWriter().Fixed64(2, (ulong)Now * 1_000_000).Double(3, 0.5).Bytes(4, new byte[8]).Bytes(5, new byte[16])
            .Message(7, new ProtobufWriter().Text(1, "user"));
        var point = new ProtobufWriter().Fixed64(3, (ulong)Now * 1_000_000).Double(4, 8).Message(5, exemplar);
        var metric = new ProtobufWriter().Text(1, "other").Message(5, new ProtobufWriter().Message(1, point));
        var request = new ProtobufWriter().Message(1, new ProtobufWriter().Message(2, new ProtobufWriter().Message(2, metric)));
        using (var binary = await gateway.Send(HttpMethod.Post, "/v1/metrics", request.Written.ToArray(), SenderSession.Metrics, Version1))
            Assert.Equal((HttpStatusCode.OK, 0), (binary.StatusCode, (await binary.Content.ReadAsByteArrayAsync()).Length));
        await Kept(gateway, "other 8", "queue 7", "wait_bucket 1", "wait_bucket 2", "wait_count 2", "wait_sum 3");
    }

    [Fact]
    public async Task Of_what_jobs_push_as_text_and_as_the_client_for_Go_does()
    {
        await using var gateway = await SenderSession.Start();
        const string Text = """
            # TYPE runs counter
            runs_total{part="a # b"} 7 # {trace_id="4bf92f35"} 1 1435781430.781
            runs_bucket{le="1"} 3 # {} 0.5

            """;
        using (var pushed = await gateway.Send(HttpMethod.Post, "/metrics/job/some", Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n")),
            SenderSession.Metrics))
            Assert.Equal(HttpStatusCode.OK, pushed.StatusCode);
        var exemplar = new ProtobufWriter().Message(1, TraceId).Double(2, 0.3);
        var counter = new ProtobufWriter().Text(1, "made").Message(4, new ProtobufWriter().Message(3, new ProtobufWriter().Double(1, 9)
            .Message(2, exemplar)));
        using (var pushed = await gateway.Send(HttpMethod.Post, "/metrics/job/some", [(byte)counter.Written.Length, .. counter.Written.Span],
            SenderSession.Metrics, "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"))
            Assert.Equal(HttpStatusCode.OK, pushed.StatusCode);
        await Kept(gateway, "made 9", "runs_bucket 3", "runs_total 7");
    }

    static async Task Kept(SenderSession gateway, params string[] expected)
    {
        string[] Seen() => [.. gateway.News.Samples.Select(one => one.Sample).Where(sample => sample.Series != "push_time_seconds")
            .Select(sample => FormattableString.Invariant($"{sample.Series} {sample.Value}")).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, await Await.Until(() => Task.FromResult(Seen()), seen => seen.Length >= expected.Length, "all samples are published"));
        Assert.DoesNotContain(gateway.News.Samples, one => one.Sample.Labels.ContainsKey("trace_id"));
    }

    static ProtobufWriter Sample(double value) => new ProtobufWriter().Double(1, value).Number(2, Now);

    static Task<HttpResponseMessage> Write(SenderSession gateway, ProtobufWriter request, string type) =>
        gateway.Send(HttpMethod.Post, "/api/v1/write", Snappy.CompressToArray(request.Written.Span), SenderSession.Metrics, type,
            ("Content-Encoding", "snappy"));
}
