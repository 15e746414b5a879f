using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.Gateway.Integrations;

namespace Sigma.ServiceTests.Gateway.Payloads;

/// <summary>Bodies that come by an address of their protocol's own, each sent twice, to the alerts that the README of the payloads says.</summary>
[Collection(nameof(PayloadStation))]
public sealed class Files_of_other_protocols(PayloadStation station)
{
    [Fact]
    public async Task Alertmanagers_API_api_v2_post_no_times_json()
    {
        const string File = "alertmanager/api-v2-post-no-times.json";
        var sender = await station.Sender(IntegrationKind.Alertmanager);
        await PostTwice(sender, Payload.Text(File));
        await sender.Expect(6, 0, File);
        Assert.All(sender.Raised, alert => Assert.Equal("DiskRunningFull", alert.Labels["alertname"]));
        Assert.Equal([("example1", "low"), ("example1", "low"), ("example2", "low"), ("example2", "low"), ("example3", "critical"),
            ("example3", "medium")], sender.Raised.Select(alert => (alert.Labels["instance"], alert.Severity)).Order());
        Assert.Equal(["DiskRunningFull", "DiskRunningFull"],
            sender.Raised.Where(alert => alert.Labels["instance"] == "example3").Select(alert => alert.Summary)); // which say nothing else
        Assert.All(sender.Conditions, condition => Assert.NotNull(condition.LeaseUntil)); // so nobody must say that it is over

        var over = JsonNode.Parse(Payload.Text(File))!.AsArray();
        foreach (var alert in over)
            alert!["endsAt"] = At(TimeSpan.FromSeconds(-1));
        await PostTwice(sender, over.ToJsonString());
        await sender.Expect(6, 6, $"the end of {File}");
    }

    [Fact]
    public async Task Alertmanagers_API_api_v2_post_prometheus_shape_json()
    {
        const string File = "alertmanager/api-v2-post-prometheus-shape.json";
        var sender = await station.Sender(IntegrationKind.Alertmanager);
        // As it stands there its end has passed, which is the end of nothing.
        await PostTwice(sender, Payload.Text(File));
        await sender.Expect(0, 0, File);

        await PostTwice(sender, Prometheus(ends: TimeSpan.FromMinutes(4)));
        await sender.Expect(1, 0, "what says an end in the future");
        var alert = sender.Raised[0];
        Assert.Equal(("critical", "InstanceDown", "example1", "please check the instance example1"),
            (alert.Severity, alert.Labels["alertname"], alert.Labels["instance"], alert.Summary));

        await PostTwice(sender, Prometheus(ends: TimeSpan.FromSeconds(-1)));
        await sender.Expect(1, 1, "what says an end in the past");
        Assert.Equal((alert.AlertId, "resolved"), (sender.Cleared[0].AlertId, sender.Cleared[0].Reason));
    }

    [Fact]
    public async Task Alertmanagers_API_ends_by_itself_what_is_not_repeated()
    {
        var sender = await station.Sender(IntegrationKind.Alertmanager);
        await PostTwice(sender, Prometheus(ends: TimeSpan.FromSeconds(6)));
        await sender.Expect(1, 1, "what says an end in the future, and the time that passes");
        Assert.Equal("expired", sender.Cleared[0].Reason);
    }

    [Fact]
    public async Task PagerDutys_events_by_v2_enqueue()
    {
        var sender = await station.Sender(IntegrationKind.Pagerduty);
        // Taken on and over before it began: neither is an error, and nothing follows from either.
        await EnqueueTwice(sender, "acknowledge");
        await EnqueueTwice(sender, "resolve");
        await sender.Expect(0, 0, "what is not known");

        await EnqueueTwice(sender, "trigger");
        await sender.Expect(1, 0, "pagerduty/events-v2-trigger.json");
        var alert = sender.Raised[0];
        Assert.Equal(("info", "Example alert on host1.example.com", "postgres"), (alert.Severity, alert.Summary, alert.Labels["service"]));
        Assert.Equal(DateTimeOffset.Parse("2015-07-17T08:42:58.315Z", null), alert.Since);
        await EnqueueTwice(sender, "acknowledge");
        await Await.Until(() => Task.FromResult(station.News.Acknowledged(sender.Name).Count), count => count == 1,
            "pagerduty/events-v2-acknowledge.json takes it on");
        await EnqueueTwice(sender, "resolve");
        await sender.Expect(1, 1, "pagerduty/events-v2-resolve.json");
        Assert.Single(station.News.Acknowledged(sender.Name));
        Assert.Equal(alert.AlertId, sender.Cleared[0].AlertId);
        Assert.DoesNotContain(sender.Conditions, condition => condition.ExternalId.Contains(sender.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Healthchecks_pings_http()
    {
        foreach (var request in Payload.Text("healthchecks/pings.http").ReplaceLineEndings("\n").Split("\n\n").Select(text => text.Trim())
            .Where(text => text.Contains(" /ping/", StringComparison.Ordinal)))
            for (var time = 0; time < 2; time++)
            {
                var words = request.Split(' ');
                using HttpRequestMessage ping = new(new HttpMethod(words[0]), words[1]);
                if (request.Contains("Content-Length: 21", StringComparison.Ordinal))
                    ping.Content = new StringContent("rsync: error code 23\n");
                using var answer = await station.Http.SendAsync(ping);
                Assert.True(answer.IsSuccessStatusCode, request);
                await station.Settle(); // one after the other, as they are run
            }
        await Await.Until(() => Task.FromResult((station.News.Raised("jobs").Count, station.News.Cleared("jobs").Count,
            station.News.Raised("backups").Count)), seen => seen == (1, 1, 1), "a failure is raised, and over by the success after it");
        await station.Settle();
        var (failed, backup) = (Assert.Single(station.News.Raised("jobs")), Assert.Single(station.News.Raised("backups")));
        Assert.Equal(("jobs", "rsync: error code 23"), (failed.Labels["check"], failed.Summary));
        Assert.Equal(("database-backup", "exit code 137"), (backup.Labels["check"], backup.Summary));
        Assert.Equal(failed.AlertId, Assert.Single(station.News.Cleared("jobs")).AlertId);
        Assert.Empty(station.News.Cleared("backups"));
    }

    [Fact]
    public async Task Oracles_subscription_confirmation_headers_json_is_to_be_confirmed_once_where_the_address_is_Oracles()
    {
        var headers = WebhookFiles.All["oci/subscription-confirmation-headers.json"].Headers;
        await using var gateway = await GatewaySession.Start(("Gateway:Integrations:1:Name", "oracle"), ("Gateway:Integrations:1:Kind", "oci"),
            ("Gateway:Integrations:1:Key", "the-key-of-oracle"), ("Gateway:Confirmations:Automatic", "false"));
        foreach (var (address, asked) in new[]
        {
            ("<exampleConfirmationURL>", 0), ("https://oraclecloud.com.evil.example/c", 0),
            ("https://cell1.notification.us-phoenix-1.oci.oraclecloud.com/20181201/subscriptions/x/confirmation?token=t", 1),
        })
        {
            for (var time = 0; time < 2; time++)
            {
                using HttpRequestMessage request = new(HttpMethod.Post, "/in/oracle/the-key-of-oracle");
                request.Content = new StringContent("no JSON at all");
                foreach (var (name, value) in headers.Where(header => header.Name.StartsWith("X-", StringComparison.Ordinal)))
                    request.Headers.TryAddWithoutValidation(name, name == "X-OCI-NS-ConfirmationURL" ? address : value);
                using var answer = await gateway.Http.SendAsync(request);
                Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode}");
            }
            Assert.Equal(asked, await gateway.Count("select count(*) from gateway_confirmations"));
        }
        Assert.All(await gateway.Kept("?integration=oracle"), delivery =>
            Assert.Equal("handshake", delivery.GetProperty("understood")[0].GetProperty("state").GetString()));
        Assert.Empty(gateway.News.Conditions);
    }

    [Fact]
    public async Task Standard_webhooks_signed_vector_json_at_the_time_it_was_signed()
    {
        var vector = JsonNode.Parse(Payload.Text("standard-webhooks/signed-vector.json"))!;
        var (secret, body) = (vector["secret"]!.GetValue<string>(), vector["body"]!.GetValue<string>());
        (string Name, string Value)[] headers = [.. vector["headers"]!.AsObject().Select(one => (one.Key, one.Value!.GetValue<string>()))];

        // By our clock it is too old.
        var sender = await station.Sender(IntegrationKind.StandardWebhook, secret);
        for (var time = 0; time < 2; time++)
            Assert.Equal(401, (await sender.Send(body, headers)).Status);
        Assert.All(await sender.Deliveries, delivery => Assert.Equal("refused", delivery.GetProperty("state").GetString()));

        await using var gateway = await GatewaySession.Start(("Gateway:Integrations:1:Name", "signed"),
            ("Gateway:Integrations:1:Kind", IntegrationKind.StandardWebhook), ("Gateway:Integrations:1:Key", "the-key-of-the-signed"),
            ("Gateway:Integrations:1:Secret", secret));
        var signedAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers.Single(one => one.Name == "webhook-timestamp").Value, null));
        gateway.Clock.Advance(signedAt - gateway.Clock.GetUtcNow());
        async Task<int> Post(string text)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/in/signed/the-key-of-the-signed") { Content = new StringContent(text) };
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await gateway.Http.SendAsync(request);
            return (int)answer.StatusCode;
        }
        foreach (var (text, status) in new[]
        {
            (body, 200), (body, 200), (body.Replace("2432232314", "2432232315", StringComparison.Ordinal), 401),
            (body.Replace("{", "{\"other\": 1, ", StringComparison.Ordinal), 401), (body.Replace(": ", ":", StringComparison.Ordinal), 401),
        })
            Assert.True(status == await Post(text), text);
        await Await.Until(() => Task.FromResult(gateway.News.Lines.Count), count => count == 1, "what has no state is an event");
        Assert.Equal(["kept", "duplicate", "refused", "refused", "refused"],
            (await gateway.Kept()).Select(delivery => delivery.GetProperty("state").GetString()));
        Assert.Empty(gateway.News.Conditions);
    }

    [Fact]
    public async Task Standard_webhooks_of_an_alert_from_its_beginning_to_its_end()
    {
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        var sender = await station.Sender(IntegrationKind.StandardWebhook, Secret);
        async Task SendSignedTwice(string id, string state)
        {
            var body = $$"""{"type":"alert","data":{"id":"a1","state":"{{state}}","severity":"page","title":"Disk full"} }""";
            for (var time = 0; time < 2; time++)
            {
                // What is sent again has the same id, and a signature of its own.
                var seconds = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - time}";
                var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]),
                    Encoding.UTF8.GetBytes($"{id}.{seconds}.{body}")));
                Assert.Equal(200, (await sender.Send(body, ("webhook-id", id), ("webhook-timestamp", seconds),
                    ("webhook-signature", $"v1,{signature}"))).Status);
            }
        }
        await SendSignedTwice("msg_1", "firing");
        await sender.Expect(1, 0, "a signed alert");
        Assert.Equal(("critical", "Disk full"), (sender.Raised[0].Severity, sender.Raised[0].Summary));
        await SendSignedTwice("msg_2", "resolved");
        await sender.Expect(1, 1, "its signed end");
    }

    static string Prometheus(TimeSpan ends)
    {
        var alerts = JsonNode.Parse(Payload.Text("alertmanager/api-v2-post-prometheus-shape.json"))!;
        (alerts[0]!["startsAt"], alerts[0]!["endsAt"]) = (At(TimeSpan.FromMinutes(-4)), At(ends));
        return alerts.ToJsonString();
    }

    static string At(TimeSpan fromNow) => $"{TimeProvider.System.GetUtcNow() + fromNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}";

    static async Task PostTwice(PayloadSender sender, string body)
    {
        for (var time = 0; time < 2; time++)
            Assert.Equal((200, ""), await sender.Send("/api/v2/alerts", Encoding.UTF8.GetBytes(body), ("Authorization", $"Bearer {sender.Key}")));
    }

    // The keys of the three samples are not the same.
    static async Task EnqueueTwice(PayloadSender sender, string action)
    {
        var body = JsonNode.Parse(Payload.Text($"pagerduty/events-v2-{action}.json"))!;
        (body["routing_key"], body["dedup_key"]) = (sender.Key, "dedupkeyhere");
        for (var time = 0; time < 2; time++)
        {
            var (status, text) = await sender.Send("/v2/enqueue", Encoding.UTF8.GetBytes(body.ToJsonString()));
            var answer = JsonSerializer.Deserialize<JsonElement>(text);
            Assert.Equal((202, "success", "dedupkeyhere"),
                (status, answer.GetProperty("status").GetString(), answer.GetProperty("dedup_key").GetString()));
        }
    }
}
