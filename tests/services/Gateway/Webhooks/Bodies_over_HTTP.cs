using System.Text;
using System.Text.Json;
using Sigma.Gateway.Integrations;

namespace Sigma.ServiceTests.Gateway.Webhooks;

/// <summary>What senders are answered, and what they say anew.</summary>
[Collection(nameof(Bodies_over_HTTP))]
public sealed class Bodies_over_HTTP : IAsyncLifetime
{
    readonly GatewayAndEvaluator _gateway = new();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Open_anew_when_PagerDutys_client_triggers_after_a_resolve()
    {
        byte[] Event(string action) => Encoding.UTF8.GetBytes(
            $$"""{"routing_key":"r","dedup_key":"d","event_action":"{{action}}","payload":{"summary":"s","source":"x","severity":"error"} }""");
        for (var round = 0; round < 2; round++)
        {
            await _gateway.Send(IntegrationKind.Pagerduty, Event("trigger"));
            await Await.Until(() => _gateway.Raised(IntegrationKind.Pagerduty), count => count == 1, "a trigger raises");
            await _gateway.Send(IntegrationKind.Pagerduty, Event("resolve"));
            await Await.Until(() => _gateway.Raised(IntegrationKind.Pagerduty), count => count == 0, "a resolve clears");
        }
    }

    [Fact]
    public async Task Are_answered_as_their_senders_understand_it()
    {
        var (status, text) = await _gateway.Send(IntegrationKind.Pagerduty, Payload.Bytes("pagerduty/events-v2-trigger.json"));
        Assert.Equal((202, "samplekeyhere"), (status, JsonDocument.Parse(text).RootElement.GetProperty("dedup_key").GetString()));

        (status, text) = await _gateway.Send(IntegrationKind.Oci, Payload.Bytes("oci/alarm-docs-grouped-malformed.txt"));
        Assert.Equal((400, "byte 786"), (status, JsonDocument.Parse(text).RootElement.GetProperty("place").GetString()));

        // What is too old, or signed by nobody, is refused and still kept.
        (status, _) = await _gateway.Send(IntegrationKind.StandardWebhook, "{\"test\": 2432232314}"u8.ToArray(), new Dictionary<string, string>
        {
            ["webhook-id"] = "msg_p5jXN8AQM9LWM0D4loKWxJek", ["webhook-timestamp"] = "1614265330",
            ["webhook-signature"] = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        });
        Assert.Equal(401, status);
        Assert.Equal("refused", Assert.Single(await _gateway.Deliveries(IntegrationKind.StandardWebhook)).GetProperty("state").GetString());
    }
}
