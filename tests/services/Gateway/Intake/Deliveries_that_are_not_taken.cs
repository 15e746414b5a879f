using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;

namespace Sigma.ServiceTests.Gateway.Intake;

/// <summary>What is wrong, too large, too often or an attack is refused in the open, bounded, and stops nothing.</summary>
public sealed class Deliveries_that_are_not_taken
{
    const string Firing = """{"id":"a","status":"firing","title":"x"}""";

    [Fact]
    public async Task Without_a_key_are_asked_for_one()
    {
        await using var gateway = await GatewaySession.Start();
        using var answer = await gateway.Http.PostAsync("/in/shop", new StringContent(Firing));
        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal("Basic", answer.Headers.WwwAuthenticate.First().Scheme);
        Assert.Equal(401, (await gateway.Send(Firing, key: "not-the-key-of-the-shop")).Status);
        Assert.Equal(401, (await gateway.Send(Firing, key: "")).Status);
        Assert.Equal(404, (await gateway.Send(Firing, "/in/nobody")).Status);
        Assert.Empty(await gateway.Kept());
    }

    [Fact]
    public async Task Of_an_integration_that_is_off_or_of_another_kind_are_refused()
    {
        await using var gateway = await GatewaySession.Start(("Gateway:Integrations:0:On", "false"), ("Gateway:Integrations:1:Name", "agents"),
            ("Gateway:Integrations:1:Kind", "beats"), ("Gateway:Integrations:1:Key", "the-key-of-the-agents"));
        Assert.Equal(403, (await gateway.Send(Firing)).Status);
        Assert.Equal(403, (await gateway.Send(Firing, "/in/agents", "the-key-of-the-agents")).Status);
        Assert.Equal(401, (await gateway.Send(Firing, "/in/shop", "the-key-of-the-agents")).Status);
    }

    [Theory, InlineData("not json"), InlineData("{\"id\":\"a\",\"status\":"), InlineData("[1,2"), InlineData("\"text\""), InlineData("")]
    public async Task That_nobody_understands_are_answered_with_the_place_and_kept(string body)
    {
        await using var gateway = await GatewaySession.Start();
        var answer = await gateway.Send(body);
        Assert.Equal(400, answer.Status);
        Assert.NotEqual("", answer.Body.GetProperty("place").GetString());
        var kept = Assert.Single(await gateway.Kept("?state=malformed"));
        Assert.NotEqual("", kept.GetProperty("reason").GetString());
        Assert.Equal(body, (await gateway.Ask(HttpMethod.Get, "intake/1")).Body.GetProperty("text").GetString());
        Assert.Equal(200, (await gateway.Send(Firing)).Status);
    }

    [Fact]
    public async Task That_are_too_large_are_refused_before_they_are_read_and_after_they_are_unpacked()
    {
        await using var gateway = await GatewaySession.Start(("Gateway:Limits:LargestBody", "100000"));
        Assert.Equal(413, (await gateway.Send(new string('x', 100_001))).Status);
        using MemoryStream packed = new();
        await using (GZipStream bomb = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            for (var i = 0; i < 500; i++)
                await bomb.WriteAsync(new byte[100_000]);
        Assert.InRange(packed.Length, 1, 100_000);
        ByteArrayContent body = new(packed.ToArray());
        body.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(413, (await gateway.Send(HttpMethod.Post, "/in/shop", body)).Status);
        using HttpRequestMessage chunked = new(HttpMethod.Post, "/in/shop") { Content = new StreamContent(new MemoryStream(new byte[200_000])) };
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Headers.Authorization = new AuthenticationHeaderValue("Bearer", GatewaySession.ShopKey);
        using var answer = await gateway.Http.SendAsync(chunked);
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Equal(200, (await gateway.Send(Firing)).Status);
    }

    [Fact]
    public async Task That_are_packed_strangely_are_refused()
    {
        await using var gateway = await GatewaySession.Start();
        foreach (var (encoding, status) in new[] { ("gzip", 400), ("zstd", 415), ("snappy", 400), ("gzip, gzip, gzip", 415), ("br", 400) })
        {
            ByteArrayContent body = new(Encoding.UTF8.GetBytes(Firing));
            body.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            Assert.Equal((encoding, status), (encoding, (await gateway.Send(HttpMethod.Post, "/in/shop", body)).Status));
        }
    }

    [Fact]
    public async Task That_are_nested_too_deep_are_refused_with_the_place()
    {
        await using var gateway = await GatewaySession.Start();
        var answer = await gateway.Send(string.Concat(Enumerable.Repeat("[", 100_000)));
        Assert.Equal((400, "byte 64"), (answer.Status, answer.Body.GetProperty("place").GetString()));
        var brackets = new string('[', 100);
        Assert.Equal(200, (await gateway.Send($$"""{"id":"a","status":"firing","title":"\"{{brackets}}"}""")).Status);
    }

    [Fact]
    public async Task That_come_too_often_are_told_when_to_come_again_and_others_are_not_held_up()
    {
        await using var gateway = await GatewaySession.Start(("Gateway:Integrations:0:Burst", "3"), ("Gateway:Integrations:0:RatePerSecond", "0.1"),
            ("Gateway:Integrations:1:Name", "other"), ("Gateway:Integrations:1:Kind", "generic"),
            ("Gateway:Integrations:1:Key", "the-key-of-the-other"));
        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await gateway.Send(Firing)).Status);
        using HttpRequestMessage request = new(HttpMethod.Post, $"/in/shop/{GatewaySession.ShopKey}") { Content = new StringContent(Firing) };
        using var answer = await gateway.Http.SendAsync(request);
        Assert.Equal(429, (int)answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 10);
        Assert.Equal(200, (await gateway.Send(Firing, "/in/other", "the-key-of-the-other")).Status);
    }

    [Fact]
    public async Task That_a_reader_cannot_read_by_its_own_fault_are_kept_and_people_are_told()
    {
        var broken = new BrokenReader();
        await using var gateway = await GatewaySession.Start(null, service => service.Services.AddSingleton<IWebhook>(broken),
            ("Gateway:Integrations:1:Name", "odd"), ("Gateway:Integrations:1:Kind", BrokenReader.Of),
            ("Gateway:Integrations:1:Key", "the-key-of-the-odd-one"));
        Assert.Equal(202, (await gateway.Send(Firing, "/in/odd", "the-key-of-the-odd-one")).Status);
        Assert.Single(await gateway.Kept("?state=unread"));
        await Await.Until(() => Task.FromResult(gateway.News.Conditions.Count), count => count == 1, "people are told");
        Assert.Contains("cannot be read", gateway.News.Conditions[0].Title);
        broken.Works = true;
        Assert.Equal("kept", (await gateway.Ask(HttpMethod.Post, "intake/1/replay")).Body.GetProperty("state").GetString());
        Assert.Equal(200, (await gateway.Send(Firing)).Status);
    }

    [Fact]
    public async Task That_trickle_in_or_break_off_keep_nobody_from_sending()
    {
        await using var gateway = await GatewaySession.Start();
        List<TcpClient> slow = [];
        for (var i = 0; i < 50; i++)
        {
            TcpClient client = new();
            await client.ConnectAsync(gateway.Url.Host, gateway.Url.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /in/shop HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {GatewaySession.ShopKey}\r\nContent-Length: 1000\r\n\r\n{{"));
            slow.Add(client);
        }
        Assert.Equal(200, (await gateway.Send(Firing)).Status);
        slow.ForEach(client => client.Dispose());
        Assert.Equal(200, (await gateway.Send(Firing.Replace("\"a\"", "\"b\""))).Status);
    }

    /// <summary>A reader with a fault, of a kind that no other reader has.</summary>
    sealed class BrokenReader : IWebhook
    {
        public const string Of = "beats";

        public bool Works { get; set; }

        public string Kind => Of;

        public Reading Read(WebhookBody body, Integration integration) => Works
            ? new() { Items = [new() { State = UnderstoodState.Firing, ExternalId = "odd" }] } : throw new NullReferenceException("a fault of ours");
    }
}
