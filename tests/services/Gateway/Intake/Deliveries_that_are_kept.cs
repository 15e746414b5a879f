using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Sigma.Contracts;
using Sigma.ServiceTests.Evaluator;

namespace Sigma.ServiceTests.Gateway.Intake;

/// <summary>A body over HTTP: kept with what it says, its news published once, whatever way the key comes.</summary>
public sealed class Deliveries_that_are_kept
{
    const string Firing =
        """
        {"id":"pump-1","status":"firing","severity":"critical","title":"Pump 1 stands","startsAt":"2026-11-20T11:59:00Z",
         "labels":{"host":"web-1"}}
        """;

    const string Resolved =
        """{"id":"pump-1","status":"resolved","title":"Pump 1 runs","startsAt":"2026-11-20T11:59:00Z","endsAt":"2026-11-20T12:10:00Z"}""";

    [Fact]
    public async Task Are_published_once_however_often_they_come_and_show_what_was_understood()
    {
        await using var gateway = await GatewaySession.Start();
        foreach (var body in (string[])[Firing, Firing, Resolved, Resolved, Firing])
            Assert.Equal(200, (await gateway.Send(body)).Status);

        await Await.Until(() => Task.FromResult(gateway.News.Conditions.Count), count => count >= 2, "the news comes");
        var (raise, clear) = (gateway.News.Conditions[0], gateway.News.Conditions[1]);
        Assert.Equal((ConditionState.Firing, "critical", "Pump 1 stands"), (raise.State, raise.Severity, raise.Title));
        Assert.Equal((ConditionState.Resolved, "web-1"), (clear.State, clear.Labels["host"]));
        Assert.True(raise.ReportedAt < clear.ReportedAt);

        var kept = await gateway.Kept();
        Assert.Equal(["kept", "duplicate", "kept", "duplicate", "duplicate"], kept.Select(one => one.GetProperty("state").GetString()));
        var understood = kept[2].GetProperty("understood")[0];
        Assert.Equal("resolved", understood.GetProperty("state").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, understood.GetProperty("severity").ValueKind); // though the default counts
        Assert.Equal(2, gateway.News.Conditions.Count);
    }

    [Fact]
    public async Task Of_which_the_end_comes_first_are_told_as_what_was_and_is_over()
    {
        await using var gateway = await GatewaySession.Start();
        await gateway.Send(Resolved);
        await gateway.Send(Firing);
        await Await.Until(() => Task.FromResult(gateway.News.Conditions.Count), count => count == 3, "the news comes");
        var last = gateway.News.Conditions.TakeLast(2).ToList();
        Assert.Equal([ConditionState.Firing, ConditionState.Resolved], last.Select(news => news.State));
        Assert.All(last, news => Assert.Equal("web-1", news.Labels["host"]));
    }

    [Fact]
    public async Task Two_gateways_that_get_the_same_at_once_publish_it_once()
    {
        await using var one = await GatewaySession.Start();
        await using var other = await GatewaySession.Start(one.File, _ => { });
        for (var round = 0; round < 10; round++)
        {
            var body = Firing.Replace("pump-1", $"pump-{round}");
            var answers = await Task.WhenAll(one.Send(body), other.Send(body), one.Send(body), other.Send(body));
            Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        }
        Assert.Equal(10, await one.Count("select count(*) from gateway_open"));
        await Await.Until(() => Task.FromResult(one.News.Conditions.Count + other.News.Conditions.Count), count => count >= 10, "the news comes");
        await Await.Until(async () => await one.Count("select count(*) from outbox"), count => count == 0, "all of it is consumed");
        Assert.Equal(10, one.News.Conditions.Concat(other.News.Conditions).Count(news => news.State == ConditionState.Firing));
    }

    [Fact]
    public async Task Many_that_come_together_share_transactions_and_messages()
    {
        await using var gateway = await GatewaySession.Start();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => gateway.Send(Firing.Replace("pump-1", $"pump-{i}"))));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        await Await.Until(() => Task.FromResult(gateway.News.Conditions.Count), count => count == 200, "all news comes");
        Assert.Equal(200, gateway.News.Conditions.Select(news => news.ExternalId).Distinct().Count());
        Assert.True(gateway.News.Batches.Count < 200);
    }

    [Fact]
    public async Task That_have_no_end_become_lines_that_can_be_searched()
    {
        await using var gateway = await GatewaySession.Start();
        Assert.Equal(200, (await gateway.Send("""{"id":"e-1","title":"A key was rotated","labels":{"host":"web-1"}}""")).Status);
        await Await.Until(() => Task.FromResult(gateway.News.Lines.Count), count => count == 1, "the line comes");
        var line = gateway.News.Lines[0];
        Assert.Contains("A key was rotated", line.Text);
        Assert.Equal(("web-1", "info", "shop"), (line.Labels["host"], line.Labels["event"], line.Labels["integration"]));
        Assert.Empty(gateway.News.Conditions);
    }

    [Theory, InlineData("gzip"), InlineData("deflate"), InlineData("br")]
    public async Task Are_unpacked(string encoding)
    {
        await using var gateway = await GatewaySession.Start();
        using MemoryStream packed = new();
        await using (Stream packing = encoding == "gzip" ? new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)
            : encoding == "br" ? new BrotliStream(packed, CompressionMode.Compress, leaveOpen: true)
            : new ZLibStream(packed, CompressionMode.Compress, leaveOpen: true))
            await packing.WriteAsync(Encoding.UTF8.GetBytes(Firing));
        ByteArrayContent body = new(packed.ToArray());
        body.Headers.ContentEncoding.Add(encoding);
        Assert.Equal(200, (await gateway.Send(HttpMethod.Post, "/in/shop", body)).Status);
        Assert.Equal("firing", (await gateway.Kept())[0].GetProperty("understood")[0].GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("Bearer", GatewaySession.ShopKey, "/in/shop"), InlineData("Splunk", GatewaySession.ShopKey, "/in/shop")]
    [InlineData("ApiKey", GatewaySession.ShopKey, "/in/shop"), InlineData("Anything", GatewaySession.ShopKey, "/in/shop")]
    [InlineData("Basic", "c2hvcDp0aGUta2V5LW9mLXRoZS1zaG9w", "/in/shop"), InlineData(null, null, "/in/shop?key=the-key-of-the-shop")]
    [InlineData(null, null, "/in/shop/the-key-of-the-shop")]
    public async Task Come_with_the_key_wherever_a_sender_can_put_it(string? scheme, string? key, string path)
    {
        await using var gateway = await GatewaySession.Start();
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(Firing) };
        if (scheme is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(scheme, key);
        using var answer = await gateway.Http.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
        var shown = (await gateway.Ask(HttpMethod.Get, "intake/1")).Body.GetRawText();
        Assert.DoesNotContain(GatewaySession.ShopKey, shown);
        Assert.Contains("\"via\":\"POST /in\"", shown);
    }

    [Fact]
    public async Task Can_be_read_again_and_raise_nothing_twice()
    {
        await using var gateway = await GatewaySession.Start();
        await gateway.Send(Firing);
        await gateway.Send(Resolved);
        await Await.Until(() => Task.FromResult(gateway.News.Conditions.Count), count => count == 2, "the news comes");
        var replayed = await gateway.Ask(HttpMethod.Post, "intake/1/replay");
        Assert.Equal((200, "kept"), (replayed.Status, replayed.Body.GetProperty("state").GetString()));
        await Await.Until(() => Task.FromResult(gateway.News.Conditions.Count), count => count == 3, "it is told again");
        Assert.True(gateway.News.Conditions[2].ReportedAt < gateway.News.Conditions[1].ReportedAt); // the evaluator knows newer
        Assert.Equal(404, (await gateway.Ask(HttpMethod.Post, "intake/99/replay")).Status);
    }
}
