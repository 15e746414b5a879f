using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sigma.Gateway.Integrations;
using Sigma.ServiceTests.Gateway.Webhooks;

namespace Sigma.ServiceTests.Gateway.Replies;

/// <summary>From what somebody presses at a vendor's to the alert that is acknowledged.</summary>
public sealed class Replies_over_HTTP : IAsyncLifetime
{
    readonly GatewayAndEvaluator _gateway = new();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Acknowledge_an_alert_once_however_often_they_come()
    {
        await _gateway.Send(IntegrationKind.UptimeKuma, Payload.Bytes("uptime-kuma/down.json"));
        await Await.Until(() => _gateway.Raised(IntegrationKind.UptimeKuma), count => count == 1, "the alert is raised");
        var alert = (await _gateway.Alert(IntegrationKind.UptimeKuma)).GetProperty("alertId").GetGuid();
        var body = Encoding.UTF8.GetBytes($$"""
            {"event":{"id":"01E","event_type":"incident.acknowledged","occurred_at":"{{await Clock():O}}","agent":{"summary":"Ana"},
            "data":{"type":"incident","incident_key":"{{alert}}"} } }
            """);

        Assert.Equal(401, await Post("/replies/pagerduty", body, ("X-PagerDuty-Signature", Signed(body, "another secret"))));
        Assert.Equal(401, await Post("/replies/pagerduty", body));
        Assert.Equal(200, await Post("/replies/pagerduty", body, ("X-PagerDuty-Signature", Signed(body, GatewayAndEvaluator.ReplySecret))));
        Assert.Equal(200, await Post("/replies/pagerduty", body, ("X-PagerDuty-Signature", Signed(body, GatewayAndEvaluator.ReplySecret))));
        await Await.Until(async () => (await _gateway.Console.GetStringAsync($"/internal/evaluator/alerts/{alert}")),
            text => text.Contains("Ana (PagerDuty)", StringComparison.Ordinal), "the alert is acknowledged");

        var notes = JsonDocument.Parse(await _gateway.Console.GetStringAsync($"/internal/evaluator/alerts/{alert}")).RootElement.GetProperty("notes");
        Assert.Equal(1, notes.GetArrayLength());
    }

    [Fact]
    public async Task Are_not_there_where_no_secret_is_set()
    {
        Assert.Equal(404, await Post("/replies/twilio", "MessageSid=SM1"u8.ToArray()));
        Assert.Equal(404, await Post("/replies/chatpro/some-key", "{}"u8.ToArray()));
        Assert.Equal(401, await Post("/replies/slack", "payload={}"u8.ToArray(), ("X-Slack-Request-Timestamp", "1"), ("X-Slack-Signature", "v0=00")));
    }

    async Task<int> Post(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _gateway.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    // The gateway's own, by its answer.
    async Task<DateTimeOffset> Clock()
    {
        using var answer = await _gateway.Http.GetAsync("/health/live");
        return answer.Headers.Date ?? throw new InvalidOperationException("no date in the answer");
    }

    static string Signed(byte[] body, string secret) =>
        "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
