using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Sigma.ServiceTests.Gateway.Logs;

/// <summary>No key, too much, nobody to take it, attacks: each protocol answers as its senders understand it, and goes on.</summary>
public sealed class Lines_that_are_refused : IAsyncLifetime
{
    const string Ndjson = "application/x-ndjson";

    LogsSession _gateway = null!;

    public async Task InitializeAsync() => _gateway = await LogsSession.Start(
        ("Gateway:Limits:LargestBatch", "200000"), ("Gateway:Limits:LargestUnpacked", "1000000"), ("Gateway:Logs:LinesPerRequest", "1000"));

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    public static TheoryData<string, string, string> Protocols => new()
    {
        { "/loki/api/v1/push", """{"streams":[{"stream":{"host":"h"},"values":[["1570818238000000000","x"]]}]}""", "application/json" },
        { "/_bulk", "{\"create\":{}}\n{\"message\":\"x\"}\n", Ndjson },
        { "/v1/logs", """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x"}}]}]}]}""", "application/json" },
        { "/services/collector", """{"event":"x"}""", "application/json" },
        { "/in/logs", """{"msg":"x"}""", "application/json" },
    };

    [Theory, MemberData(nameof(Protocols))]
    public async Task Nobody_gets_in_without_a_key(string path, string body, string contentType)
    {
        _gateway.Http.DefaultRequestHeaders.Authorization = null;
        using var answer = await _gateway.Post(path, body, contentType);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory, MemberData(nameof(Protocols))]
    public async Task Nobody_gets_in_with_a_key_of_nobody_or_of_another_kind(string path, string body, string contentType)
    {
        foreach (var key in (string[])["a-key-that-is-nobodys", "a-key-of-other-tests"])
        {
            _gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await _gateway.Post(path, body, contentType);
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{answer.StatusCode}");
            Assert.DoesNotContain(key, await answer.Content.ReadAsStringAsync());
        }
        Assert.Empty(_gateway.Received.Lines);
    }

    [Theory, MemberData(nameof(Protocols))]
    public async Task While_the_broker_is_away_senders_are_told_to_come_again_and_then_nothing_is_lost(string path, string body, string contentType)
    {
        await using (await _gateway.BrokerAway())
        {
            using var refused = await _gateway.Post(path, body, contentType);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
            Assert.NotEqual("", await refused.Content.ReadAsStringAsync());
        }
        Assert.Empty(_gateway.Received.Lines);
        using var taken = await _gateway.Post(path, body, contentType);
        Assert.True(taken.IsSuccessStatusCode, $"{taken.StatusCode}");
        Assert.Equal("x", Assert.Single(await _gateway.Lines(1)).Text);
    }

    [Theory, MemberData(nameof(Protocols))]
    public async Task A_sender_with_too_many_requests_is_told_to_come_again(string path, string body, string contentType)
    {
        await using var gateway = await LogsSession.Start(("Gateway:Integrations:0:RatePerSecond", "0.1"), ("Gateway:Integrations:0:Burst", "1"));
        using var first = await gateway.Post(path, body, contentType);
        Assert.True(first.IsSuccessStatusCode);
        using var second = await gateway.Post(path, body, contentType);
        Assert.Equal(path.StartsWith("/services", StringComparison.Ordinal) ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.TooManyRequests,
            second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
    }

    [Fact]
    public async Task Splunk_says_by_code_that_it_is_busy_and_whose_token_is_wrong()
    {
        await using (await _gateway.BrokerAway())
        {
            using var busy = await _gateway.Post("/services/collector", """{"event":"x"}""");
            Assert.Equal("""{"text":"Server is busy","code":9}""", await busy.Content.ReadAsStringAsync());
        }
        _gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Splunk", "a-key-that-is-nobodys");
        using var wrong = await _gateway.Post("/services/collector", """{"event":"x"}""");
        Assert.Equal((HttpStatusCode.Forbidden, """{"text":"Invalid token","code":4}"""),
            (wrong.StatusCode, await wrong.Content.ReadAsStringAsync()));
        _gateway.Http.DefaultRequestHeaders.Authorization = null;
        using var none = await _gateway.Post("/services/collector", """{"event":"x"}""");
        Assert.Equal((HttpStatusCode.Unauthorized, """{"text":"Token is required","code":2}"""),
            (none.StatusCode, await none.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_bulk_request_that_is_refused_says_so_as_Elasticsearch_does()
    {
        await using (await _gateway.BrokerAway())
        {
            using var answer = await _gateway.Post("/_bulk", "{\"create\":{\"_id\":\"1\"}}\n{\"message\":\"x\"}\n", Ndjson);
            var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            Assert.Equal((503, "unavailable_shards_exception"),
                (json.GetProperty("status").GetInt32(), json.GetProperty("error").GetProperty("type").GetString()));
        }
        // And its ids are not remembered: sent again, they are new.
        using var again = await _gateway.Post("/_bulk", "{\"create\":{\"_id\":\"1\"}}\n{\"message\":\"x\"}\n", Ndjson);
        Assert.Contains("\"errors\":false", await again.Content.ReadAsStringAsync());
    }

    [Theory, MemberData(nameof(Protocols))]
    public async Task A_body_that_is_too_large_is_413_packed_or_not_and_the_next_is_taken(string path, string body, string contentType)
    {
        using var large = await _gateway.Post(path, new byte[300_000], contentType);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var bomb = await _gateway.Post(path, Gzip(new byte[50_000_000]), contentType, "gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, bomb.StatusCode);
        using var next = await _gateway.Post(path, body, contentType);
        Assert.True(next.IsSuccessStatusCode, $"{next.StatusCode}");
    }

    [Fact]
    public async Task A_snappy_block_that_says_it_is_huge_is_refused_before_it_is_unpacked()
    {
        using var answer = await _gateway.Post("/loki/api/v1/push", [0xff, 0xff, 0xff, 0xff, 0x07, 0x00], "application/x-protobuf");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        using var broken = await _gateway.Post("/loki/api/v1/push", [0x20, 0xff, 0xff], "application/x-protobuf");
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
    }

    [Fact]
    public async Task More_lines_than_a_request_may_have_are_413()
    {
        using var answer = await _gateway.Post("/in/logs", string.Concat(Enumerable.Repeat("{}", 1_001)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(_gateway.Received.Lines);
    }

    [Theory]
    [InlineData("/loki/api/v1/push")]
    [InlineData("/v1/logs")]
    [InlineData("/services/collector")]
    [InlineData("/in/logs")]
    public async Task JSON_that_is_too_deep_is_400_and_costs_nothing(string path)
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 20_000));
        using var answer = await _gateway.Post(path, deep);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_record_that_is_too_deep_is_an_error_of_its_item()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 1_000)) + "1" + new string('}', 1_000);
        using var answer = await _gateway.Post("/_bulk", $"{{\"create\":{{}}}}\n{deep}\n{{\"create\":{{}}}}\n{{\"message\":\"x\"}}\n", Ndjson);
        var items = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("items");
        Assert.Equal([400, 201], items.EnumerateArray().Select(item => item.GetProperty("create").GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Bodies_at_random_are_never_an_error_of_ours()
    {
        var random = new Random(3);
        string[] bodies = [.. Protocols.Select(row => (string)row[1])];
        foreach (var path in Protocols.Select(row => (string)row[0]))
            for (var round = 0; round < 40; round++)
            {
                var body = Encoding.UTF8.GetBytes(bodies[random.Next(bodies.Length)]);
                for (var change = 0; change < 3; change++)
                    body[random.Next(body.Length)] = (byte)random.Next(256);
                foreach (var type in (string[])["application/json", "application/x-protobuf"])
                {
                    using var answer = await _gateway.Post(path, body, type);
                    Assert.True((int)answer.StatusCode < 500, $"{path} {type} {Encoding.UTF8.GetString(body)}: {answer.StatusCode}");
                }
            }
    }

    static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
