using System.Text.Json.Nodes;
using Sigma.Gateway.Integrations;

namespace Sigma.ServiceTests.Gateway.Payloads;

/// <summary>SNS envelopes over HTTP: whose signature counts, which certificates are fetched, and which subscriptions are confirmed.</summary>
[Collection(nameof(PayloadStation))]
public sealed class Envelopes_of_Amazon(PayloadStation station)
{
    const string Alarm = "aws/sns-notification-cloudwatch-alarm.json", Subscription = "aws/sns-subscription-confirmation.json";

    [Theory, InlineData("1"), InlineData("2")]
    public async Task Count_once_their_signature_holds_by_a_certificate_that_is_fetched_once(string version)
    {
        var certificate = $"once-{version}.pem";
        var sender = await station.Sender(IntegrationKind.Aws);
        var body = station.Amazon.Sign(Payload.Text(Alarm), version, certificate);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sender.Send(body))), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(200, (await sender.Send(body)).Status);
        await sender.Expect(1, 0, Alarm);
        Assert.Equal(1, station.Amazon.Called($"/{certificate}"));
    }

    [Theory]
    [InlineData("of-another-key.pem", 401, "refused"), InlineData("of-another-name.pem", 401, "refused")]
    [InlineData("of-last-week.pem", 202, "unread"), InlineData("of-nothing.pem", 202, "unread"), InlineData("elsewhere.pem", 202, "unread")]
    [InlineData("not-there.pem", 401, "refused")]
    public async Task Do_not_count_by_a_certificate_that_is_not_Amazons(string certificate, int status, string state)
    {
        var sender = await station.Sender(IntegrationKind.Aws);
        for (var time = 0; time < 2; time++)
            Assert.Equal(status, (await sender.Send(station.Amazon.Sign(Payload.Text(Alarm), "2", certificate))).Status);
        // Where another answer may come later people are told of it, and nothing is told of what it says.
        await sender.Expect(state == "unread" ? 1 : 0, 0, certificate);
        Assert.All(sender.Raised, alert => Assert.Equal("unread", alert.Labels["alertname"]));
        Assert.Equal([state, state], (await sender.Deliveries).Select(delivery => delivery.GetProperty("state").GetString())
            .Where(one => one is "refused" or "unread"));
    }

    [Fact]
    public async Task Do_not_count_as_they_are_in_the_samples_or_with_a_word_changed()
    {
        var sender = await station.Sender(IntegrationKind.Aws);
        var changed = JsonNode.Parse(station.Amazon.Sign(Payload.Text(Alarm)))!;
        changed["Message"] = changed["Message"]!.GetValue<string>().Replace("bucketbytesAlarm", "another", StringComparison.Ordinal);
        Assert.Equal(401, (await sender.Send(changed.ToJsonString())).Status);
        await sender.Expect(0, 0, "an envelope that somebody has changed");
        var reason = (await sender.Deliveries)[^1].GetProperty("reason").GetString();
        Assert.Contains("the signature is not of this message", reason);
    }

    [Fact]
    public async Task Have_a_subscription_confirmed_once_though_they_are_delivered_twice()
    {
        var sender = await station.Sender(IntegrationKind.Aws);
        var (body, address) = Subscribe("once");
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal(200, (await sender.Send(station.Amazon.Sign(body))).Status);
        await Await.Until(() => Task.FromResult(station.Amazon.Called(address)), count => count > 0, "the subscription is confirmed");
        await ConfirmAnother(sender);
        Assert.Equal(1, station.Amazon.Called(address));
    }

    [Fact]
    public async Task Have_no_subscription_confirmed_by_an_address_that_is_not_https_or_not_Amazons_or_not_signed()
    {
        var sender = await station.Sender(IntegrationKind.Aws);
        var (plain, address) = Subscribe("plain");
        var signed = JsonNode.Parse(station.Amazon.Sign(plain))!;
        signed["Token"] = "another";
        Assert.Equal(401, (await sender.Send(signed.ToJsonString())).Status);

        var trusting = await station.Sender(IntegrationKind.Aws, null, ("VerifySignature", "false"));
        foreach (var elsewhere in new[]
        {
            $"http://{station.Amazon.Authority}{address}", $"https://localhost:{new Uri($"https://{station.Amazon.Authority}").Port}{address}",
            $"https://someone@{station.Amazon.Authority}{address}",
        })
        {
            var body = JsonNode.Parse(plain)!;
            body["SubscribeURL"] = elsewhere;
            body["MessageId"] = Guid.NewGuid().ToString();
            Assert.Equal(200, (await trusting.Send(body.ToJsonString())).Status);
        }
        await ConfirmAnother(sender);
        Assert.Equal(0, station.Amazon.Called(address));
        Assert.All(await trusting.Deliveries, delivery =>
            Assert.Contains("is not visited", delivery.GetProperty("understood")[0].GetProperty("title").GetString()));
        var ended = station.Amazon.Sign(Payload.Text("aws/sns-unsubscribe-confirmation.json"));
        Assert.Equal(200, (await sender.Send(ended)).Status);
        await ConfirmAnother(sender);
        Assert.Equal(0, station.Amazon.Called(new Uri(JsonNode.Parse(ended)!["SubscribeURL"]!.GetValue<string>()).PathAndQuery));
    }

    [Fact]
    public async Task Have_nothing_called_at_a_private_address()
    {
        await using var gateway = await GatewaySession.Start(("Gateway:Integrations:1:Name", "amazon"), ("Gateway:Integrations:1:Kind", "aws"),
            ("Gateway:Integrations:1:Key", "the-key-of-amazon"), ("Gateway:Integrations:1:Settings:VerifySignature", "false"),
            ("Gateway:Integrations:1:Settings:Hosts", station.Amazon.Authority), ("Gateway:Integrations:2:Name", "careful"),
            ("Gateway:Integrations:2:Kind", "aws"), ("Gateway:Integrations:2:Key", "the-key-of-the-careful"),
            ("Gateway:Integrations:2:Settings:Hosts", station.Amazon.Authority), ("Gateway:Confirmations:Hosts:aws", station.Amazon.Authority),
            ("Gateway:Confirmations:CaFile", station.Amazon.AuthorityFile));
        var (body, address) = Subscribe("private");
        using ByteArrayContent content = new(station.Amazon.Sign(body)), alarm = new(station.Amazon.Sign(Payload.Text(Alarm), "2", "private.pem"));
        Assert.Equal(200, (await gateway.Send(HttpMethod.Post, "/in/amazon", content, "the-key-of-amazon")).Status);
        await Await.Until(() => gateway.Count("select count(*) from gateway_confirmations"), count => count == 0, "the order is given up");
        Assert.Equal(401, (await gateway.Send(HttpMethod.Post, "/in/careful", alarm, "the-key-of-the-careful")).Status);
        Assert.Equal((0, 0), (station.Amazon.Called(address), station.Amazon.Called("/private.pem")));
        Assert.Contains("is at the private address", (await gateway.Kept("?integration=careful"))[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Do_not_count_by_a_certificate_from_elsewhere_and_nothing_is_fetched_there()
    {
        var sender = await station.Sender(IntegrationKind.Aws);
        var port = new Uri($"https://{station.Amazon.Authority}").Port;
        foreach (var address in new[]
        {
            $"https://localhost:{port}/elsewhere-1.pem", $"http://{station.Amazon.Authority}/elsewhere-1.pem",
            $"https://{station.Amazon.Authority}/elsewhere-1.pem?x", $"https://x@{station.Amazon.Authority}/elsewhere-1.pem",
        })
        {
            var envelope = JsonNode.Parse(station.Amazon.Sign(Payload.Text(Alarm)))!; // which address it is is not signed
            envelope["SigningCertURL"] = address;
            Assert.Equal(401, (await sender.Send(envelope.ToJsonString())).Status);
        }
        await sender.Expect(0, 0, "envelopes with certificates from elsewhere");
        Assert.Equal((0, 0), (station.Amazon.Called("/elsewhere-1.pem"), station.Amazon.Called("/elsewhere-1.pem?x")));
    }

    static (string Body, string Address) Subscribe(string token)
    {
        var body = Payload.Text(Subscription).Replace("2336412f37", token, StringComparison.Ordinal);
        return (body, new Uri(JsonNode.Parse(body)!["SubscribeURL"]!.GetValue<string>()).PathAndQuery);
    }

    // What was asked for before it has been looked at then.
    async Task ConfirmAnother(PayloadSender sender)
    {
        var (body, address) = Subscribe($"{Guid.NewGuid():N}");
        var message = JsonNode.Parse(body)!;
        message["MessageId"] = Guid.NewGuid().ToString();
        Assert.Equal(200, (await sender.Send(station.Amazon.Sign(message.ToJsonString()))).Status);
        await Await.Until(() => Task.FromResult(station.Amazon.Called(address)), count => count == 1, "another subscription is confirmed");
    }
}
