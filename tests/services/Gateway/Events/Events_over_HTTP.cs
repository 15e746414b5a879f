using System.Net;
using System.Text.Json;
using Sigma.Contracts;
using Sigma.ServiceTests.Gateway.Senders;

namespace Sigma.ServiceTests.Gateway.Events;

/// <summary>What clients of PagerDuty send, with the routing key for key.</summary>
public sealed class Events_over_HTTP
{
    [Fact]
    public async Task Takes_an_alert_from_its_trigger_to_its_end()
    {
        await using var gateway = await SenderSession.Start();
        foreach (var (file, state) in new[] { ("trigger", ConditionState.Firing), ("acknowledge", ConditionState.Acknowledged),
            ("resolve", ConditionState.Resolved) })
        {
            var body = Payload.Text($"pagerduty/events-v2-{file}.json").Replace("\"samplekeyhere\",\n  \"dedup_key\": \"samplekeyhere\"",
                $"\"{SenderSession.Events}\",\n  \"dedup_key\": \"dedupkeyhere\"", StringComparison.Ordinal)
                .Replace("\"routingkeyhere\"", $"\"{SenderSession.Events}\"", StringComparison.Ordinal);
            using var answer = await gateway.Post("/v2/enqueue", body, null);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            var said = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement;
            Assert.Equal(("success", "dedupkeyhere"), (said.GetProperty("status").GetString(), said.GetProperty("dedup_key").GetString()));
            await Await.Until(() => Task.FromResult(gateway.News.Conditions.LastOrDefault()?.State), last => last == state, $"{file} is published");
        }
        Assert.Single(gateway.News.Conditions.Select(condition => condition.ExternalId).Distinct());
    }

    [Fact]
    public async Task Says_what_is_wrong_as_PagerDuty_does()
    {
        await using var gateway = await SenderSession.Start();
        foreach (var body in (string[])["{}", """{"routing_key":"nobodys-key-at-all-00000"}""", "not json",
            $$"""{"routing_key":"{{SenderSession.Events}}","event_action":"trigger"}""",
            $$"""{"routing_key":"{{SenderSession.Metrics}}","event_action":"resolve","dedup_key":"x"}"""])
        {
            using var answer = await gateway.Post("/v2/enqueue", body, null);
            var said = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement;
            Assert.Equal((HttpStatusCode.BadRequest, "invalid event", 1),
                (answer.StatusCode, said.GetProperty("status").GetString(), said.GetProperty("errors").GetArrayLength()));
        }
        Assert.Equal(1, await gateway.Kept("malformed"));
        using var large = await gateway.Post("/v2/enqueue", new string(' ', 600_000), null);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task Tells_who_sends_too_much_to_slow_down()
    {
        await using var gateway = await SenderSession.Start(("Gateway:Integrations:3:RatePerSecond", "0.01"), ("Gateway:Integrations:3:Burst", "1"));
        var resolve = $$"""{"routing_key":"{{SenderSession.Events}}","event_action":"resolve","dedup_key":"x"}""";
        using (var first = await gateway.Post("/v2/enqueue", resolve, null))
            Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        using var second = await gateway.Post("/v2/enqueue", resolve, null);
        Assert.Equal((HttpStatusCode.TooManyRequests, true), (second.StatusCode, second.Headers.RetryAfter is not null));
    }

    [Fact]
    public async Task Takes_a_change_for_an_event_without_an_end()
    {
        await using var gateway = await SenderSession.Start();
        using var answer = await gateway.Post("/v2/change/enqueue",
            $$"""{"routing_key":"{{SenderSession.Events}}","payload":{"summary":"Build 17 is live","source":"ci"} }""", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await Await.Until(() => Task.FromResult(gateway.News.Lines.Count), count => count == 1, "it is a line of the log");
        Assert.Equal("Build 17 is live", gateway.News.Lines.Single().Text);
        Assert.Empty(gateway.News.Conditions);
    }
}
