using System.IO.Compression;
using System.Net;
using System.Text;
using Sigma.Gateway.Protobuf;
using Sigma.ServiceTests.Gateway.Senders;
using Snappier;

namespace Sigma.ServiceTests.Gateway.Metrics;

/// <summary>Each protocol of samples as its senders speak it, and what they are answered.</summary>
public sealed class Samples_over_HTTP
{
    const string Version1 = "application/x-protobuf", Version2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    [Fact]
    public async Task Takes_remote_write_of_both_versions()
    {
        await using var gateway = await SenderSession.Start();
        using (var first = await Write(gateway, Payload.Bytes("metrics/remote-write-v1.snappy"), Version1))
            Assert.Equal((HttpStatusCode.NoContent, 0), (first.StatusCode, (await first.Content.ReadAsByteArrayAsync()).Length));
        using (var second = await Write(gateway, Payload.Bytes("metrics/remote-write-v2.snappy"), Version2))
        {
            Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
            Assert.Equal(("1", "0", "0"), Written(second));
        }
        await Await.Until(() => Task.FromResult(gateway.News.Samples.Count), count => count == 4, "three samples and one are published");
        Assert.All(gateway.News.Samples, sample => Assert.Equal(("our-metrics", "north"), (sample.Source, sample.Sample.Labels["site"])));
    }

    [Fact]
    public async Task Never_says_2xx_of_a_part()
    {
        await using var gateway = await SenderSession.Start();
        var now = TimeProvider.System.GetUtcNow();
        var request = new ProtobufWriter().Message(1, Series("right", 1, now)).Message(1, Series("", 2, now));
        using var answer = await Write(gateway, Snappy.CompressToArray(request.Written.Span), Version1);
        Assert.Equal((HttpStatusCode.BadRequest, ("1", "0", "0")), (answer.StatusCode, Written(answer)));
        Assert.Contains("1 of 2 samples are refused, the others are kept: a series has no name", await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        await Await.Until(() => Task.FromResult(gateway.News.Samples.Count), count => count == 1, "the right one is published");
    }

    [Fact]
    public async Task Says_by_the_status_what_the_sender_is_to_do()
    {
        await using var gateway = await SenderSession.Start();
        var body = Payload.Bytes("metrics/remote-write-v1.snappy");
        foreach (var (key, type, encoding, sent, expected) in new[]
        {
            (null, Version1, "snappy", body, HttpStatusCode.Unauthorized),
            ("not-the-key-at-all", Version1, "snappy", body, HttpStatusCode.Unauthorized),
            (SenderSession.Alerts, Version1, "snappy", body, HttpStatusCode.Forbidden),
            (SenderSession.Metrics, "text/plain", "snappy", body, HttpStatusCode.UnsupportedMediaType),
            (SenderSession.Metrics, Version1 + ";proto=io.prometheus.write.v3.Request", "snappy", body, HttpStatusCode.UnsupportedMediaType),
            (SenderSession.Metrics, Version1, "zstd", body, HttpStatusCode.UnsupportedMediaType),
            (SenderSession.Metrics, Version1, "snappy", "no snappy at all"u8.ToArray(), HttpStatusCode.BadRequest),
            (SenderSession.Metrics, Version1, "snappy", Snappy.CompressToArray([0x0a, 0x7f]), HttpStatusCode.BadRequest),
        })
        {
            using var answer = await gateway.Send(HttpMethod.Post, "/api/v1/write", sent, key, type, ("Content-Encoding", encoding));
            Assert.True(expected == answer.StatusCode, $"{key} {type} {encoding}: {answer.StatusCode}");
        }
        Assert.Equal(1, await gateway.Kept("malformed")); // what could be unpacked and not be read is kept, to be looked at
        Assert.Empty(gateway.News.Samples);
    }

    [Fact]
    public async Task Refuses_what_unpacks_to_too_much_before_it_is_unpacked()
    {
        await using var gateway = await SenderSession.Start(("Gateway:Limits:LargestUnpacked", "1000000"));
        // Says that it is 4 GB, and is eleven bytes.
        using (var answer = await Write(gateway, [0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0, 0], Version1))
            Assert.True(answer.StatusCode is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        using (var answer = await Write(gateway, Snappy.CompressToArray(new byte[2_000_000]), Version1))
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        using MemoryStream packed = new();
        await using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            await gzip.WriteAsync(new byte[2_000_000]);
        using (var answer = await gateway.Send(HttpMethod.Post, "/write", packed.ToArray(), SenderSession.Metrics, "text/plain",
            ("Content-Encoding", "gzip")))
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Tells_remote_write_to_come_again_where_others_are_told_that_it_is_too_much()
    {
        await using var gateway = await SenderSession.Start(("Gateway:Integrations:0:RatePerSecond", "0.01"), ("Gateway:Integrations:0:Burst", "1"));
        using (var first = await Write(gateway, Payload.Bytes("metrics/remote-write-v1.snappy"), Version1))
            Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        using (var second = await Write(gateway, Payload.Bytes("metrics/remote-write-v1.snappy"), Version1))
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (second.StatusCode, second.Headers.RetryAfter is not null));
        using var otlp = await gateway.Post("/v1/metrics", "{}", SenderSession.Metrics);
        Assert.Equal((HttpStatusCode.TooManyRequests, true), (otlp.StatusCode, otlp.Headers.RetryAfter is not null));
    }

    [Fact]
    public async Task Takes_OpenTelemetrys_metrics_and_answers_in_their_own_encoding()
    {
        await using var gateway = await SenderSession.Start();
        using (var json = await gateway.Post("/v1/metrics", Payload.Text("metrics/otlp-metrics.json"), SenderSession.Metrics))
            Assert.Equal((HttpStatusCode.OK, "application/json", "{}"),
                (json.StatusCode, json.Content.Headers.ContentType?.MediaType, await json.Content.ReadAsStringAsync()));
        await Await.Until(() => Task.FromResult(gateway.News.Samples.Count), count => count == 11, "all series are published");

        using (var empty = await gateway.Send(HttpMethod.Post, "/v1/metrics", [], SenderSession.Metrics, "application/x-protobuf"))
            Assert.Equal((HttpStatusCode.OK, "application/x-protobuf", 0),
                (empty.StatusCode, empty.Content.Headers.ContentType?.MediaType, (await empty.Content.ReadAsByteArrayAsync()).Length));
        using (var wrong = await gateway.Send(HttpMethod.Post, "/v1/metrics", [0x0a, 0x7f], SenderSession.Metrics, "application/x-protobuf"))
        {
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            Assert.Equal((3, "byte 2: 127 bytes should follow, 0 do"), StatusOf(await wrong.Content.ReadAsByteArrayAsync()));
        }
        using (var deep = await gateway.Post("/v1/metrics", """{"x":""" + new string('[', 50_000), SenderSession.Metrics))
            Assert.Equal(HttpStatusCode.BadRequest, deep.StatusCode);
        using var text = await gateway.Post("/v1/metrics", "x", SenderSession.Metrics, "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);
    }

    [Fact]
    public async Task Says_which_points_of_a_request_are_rejected()
    {
        await using var gateway = await SenderSession.Start();
        using var answer = await gateway.Post("/v1/metrics",
            """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"","gauge":{"dataPoints":[{"asInt":"7"}]}},
              {"name":"ok","gauge":{"dataPoints":[{"asInt":7}]}}]}]}]}
            """, SenderSession.Metrics);
        Assert.Equal("""{"partialSuccess":{"rejectedDataPoints":"1","errorMessage":"a series has no name"}}""",
            await answer.Content.ReadAsStringAsync());
        await Await.Until(() => Task.FromResult(gateway.News.Samples.Count), count => count == 1, "the other is published");
    }

    [Fact]
    public async Task Takes_line_protocol_as_Telegraf_sends_it()
    {
        await using var gateway = await SenderSession.Start();
        using (var ping = await gateway.Http.GetAsync("/ping"))
            Assert.Equal((HttpStatusCode.NoContent, true), (ping.StatusCode, ping.Headers.Contains("X-Influxdb-Version")));
        using (var made = await gateway.Send(HttpMethod.Post, $"/query?q=CREATE+DATABASE+%22telegraf%22&p={SenderSession.Metrics}", null, null))
            Assert.Equal((HttpStatusCode.OK, """{"results":[{"statement_id":0}]}"""), (made.StatusCode, await made.Content.ReadAsStringAsync()));
        using (var first = await gateway.Send(HttpMethod.Post, $"/write?db=telegraf&p={SenderSession.Metrics}",
            Payload.Bytes("metrics/influx-line-protocol.txt"), null, "text/plain"))
            Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        using (var second = await gateway.Send(HttpMethod.Post, "/api/v2/write?org=o&bucket=b&precision=s", "cpu v=1 1590488773"u8.ToArray(), null,
            "text/plain", ("Authorization", $"Token {SenderSession.Metrics}")))
            Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        await Await.Until(() => Task.FromResult(gateway.News.Samples.Count), count => count == 5, "the numbers are published");
        using (var partly = await gateway.Post($"/write?p={SenderSession.Metrics}", "a v=1\nb\n", null, "text/plain"))
            Assert.Equal((HttpStatusCode.BadRequest, """{"error":"partial write: line 2, byte 1: there is no field dropped=1"}"""),
                (partly.StatusCode, await partly.Content.ReadAsStringAsync()));
        using var unit = await gateway.Post($"/write?p={SenderSession.Metrics}&precision=week", "a v=1", null, "text/plain");
        Assert.Equal(HttpStatusCode.BadRequest, unit.StatusCode);
    }

    [Fact]
    public async Task Takes_what_jobs_push()
    {
        await using var gateway = await SenderSession.Start();
        foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Post])
            using (var pushed = await gateway.Send(method, "/metrics/job/some_job/instance/some_instance", Payload.Bytes("metrics/pushgateway.txt"),
                SenderSession.Metrics))
                Assert.Equal(HttpStatusCode.OK, pushed.StatusCode);
        await Await.Until(() => Task.FromResult(gateway.News.Samples.Count), count => count == 6, "both pushes are published, with their time");
        Assert.Equal(["another_metric", "push_time_seconds", "some_metric"],
            gateway.News.Samples.Select(sample => sample.Sample.Series).Distinct().Order());
        Assert.All(gateway.News.Samples, sample =>
            Assert.Equal(("some_job", "some_instance"), (sample.Sample.Labels["job"], sample.Sample.Labels["instance"])));
        using (var deleted = await gateway.Send(HttpMethod.Delete, "/metrics/job/some_job", null, SenderSession.Metrics))
            Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        using (var cut = await gateway.Send(HttpMethod.Put, "/metrics/job/some_job", "m 1"u8.ToArray(), SenderSession.Metrics))
            Assert.Equal((HttpStatusCode.BadRequest, "line 1: the body ends without a line feed: something may be missing\n"),
                (cut.StatusCode, await cut.Content.ReadAsStringAsync()));
        using var nameless = await gateway.Send(HttpMethod.Put, "/metrics/job/", "m 1\n"u8.ToArray(), SenderSession.Metrics);
        Assert.Equal(HttpStatusCode.BadRequest, nameless.StatusCode);
    }

    [Fact]
    public async Task Refuses_label_sets_that_nothing_could_hold_without_harm_to_the_rest()
    {
        await using var gateway = await SenderSession.Start();
        var now = TimeProvider.System.GetUtcNow();
        var huge = Series("huge", 1, now);
        for (var i = 0; i < 20_000; i++)
            huge.Message(1, new ProtobufWriter().Text(1, $"l{i}").Text(2, "v"));
        var request = new ProtobufWriter().Message(1, huge).Message(1, Series("right", 1, now));
        using var answer = await Write(gateway, Snappy.CompressToArray(request.Written.Span), Version1);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Await.Until(() => Task.FromResult(gateway.News.Samples.Count), count => count == 1, "the right one is published");
    }

    static Task<HttpResponseMessage> Write(SenderSession gateway, byte[] body, string type) =>
        gateway.Send(HttpMethod.Post, "/api/v1/write", body, SenderSession.Metrics, type, ("Content-Encoding", "snappy"));

    static (string, string, string) Written(HttpResponseMessage answer)
    {
        string One(string what) => answer.Headers.GetValues($"X-Prometheus-Remote-Write-{what}-Written").Single();
        return (One("Samples"), One("Histograms"), One("Exemplars"));
    }

    static ProtobufWriter Series(string name, double value, DateTimeOffset at) => new ProtobufWriter()
        .Message(1, new ProtobufWriter().Text(1, "__name__").Text(2, name))
        .Message(2, new ProtobufWriter().Double(1, value).Number(2, at.ToUnixTimeMilliseconds()));

    static (int, string) StatusOf(byte[] body)
    {
        ProtobufReader reader = new(body);
        Assert.True(reader.Next());
        var code = reader.Int32();
        Assert.True(reader.Next());
        return (code, reader.Text());
    }
}
