using System.Text;
using System.Text.Json;
using Sigma.Gateway.Integrations;

namespace Sigma.ServiceTests.Gateway.Webhooks;

/// <summary>Every body of the samples by its door, twice: understood as its row says, raised once, and over when its sender says so.</summary>
[Collection(nameof(Bodies_over_HTTP))]
public sealed class Bodies_over_HTTP : IAsyncLifetime
{
    readonly GatewayAndEvaluator _gateway = new();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    public static TheoryData<string, string, string, int> Files => new()
    {
        { IntegrationKind.Grafana, "grafana/firing-one-values.json", "firing", 200 },
        { IntegrationKind.Grafana, "grafana/firing-unicode-dotted-label.json", "firing", 200 },
        { IntegrationKind.Grafana, "grafana/legacy-alerting.json", "firing", 200 },
        { IntegrationKind.Grafana, "grafana/legacy-ok.json", "resolved", 200 },
        { IntegrationKind.Grafana, "grafana/legacy-unicode-float-ids.json", "firing", 200 },
        { IntegrationKind.Grafana, "grafana/mixed-group-firing-and-resolved.json", "resolved,resolved,firing", 200 },
        { IntegrationKind.Grafana, "grafana/no-data-two-alerts.json", "noData,noData", 200 },
        { IntegrationKind.Grafana, "grafana/no-data-values-null.json", "noData", 200 },
        { IntegrationKind.Grafana, "grafana/resolved-one.json", "resolved", 200 },
        { IntegrationKind.Grafana, "grafana/resolved-values-null-partial.json", "resolved", 200 },
        { IntegrationKind.Grafana, "grafana/test-message.json", "test", 200 },
        { IntegrationKind.Alertmanager, "alertmanager/webhook-firing-two.json", "firing,firing", 200 },
        { IntegrationKind.Alertmanager, "alertmanager/webhook-resolved-capital-severity.json", "resolved", 200 },
        { IntegrationKind.Alertmanager, "alertmanager/webhook-v3-numeric-groupkey.json", "firing", 200 },
        { IntegrationKind.Gcp, "gcp/v1.1-open-documentation-holds-json.json", "firing", 200 },
        { IntegrationKind.Gcp, "gcp/v1.2-open-cpu.json", "firing", 200 },
        { IntegrationKind.Gcp, "gcp/v1.2-closed-cpu.json", "resolved", 200 },
        { IntegrationKind.Gcp, "gcp/v1.2-uptime-open.json", "firing", 200 },
        { IntegrationKind.Gcp, "gcp/v1.2-uptime-closed.json", "resolved", 200 },
        { IntegrationKind.Aws, "aws/cloudwatch-alarm-raw-delivery.json", "firing", 200 },
        { IntegrationKind.Aws, "aws/eventbridge-health-acm-scheduled-change.json", "info", 200 },
        { IntegrationKind.Aws, "aws/eventbridge-s3-object-created.json", "info", 200 },
        { IntegrationKind.Aws, "aws/s3-event-object-created.json", "info", 200 },
        { IntegrationKind.Aws, "aws/sns-notification-cloudwatch-alarm.json", "firing", 200 },
        { IntegrationKind.Aws, "aws/sns-notification-cloudwatch-insufficient-data.json", "noData", 200 },
        { IntegrationKind.Aws, "aws/sns-notification-cloudwatch-ok-anomaly-band.json", "resolved", 200 },
        { IntegrationKind.Aws, "aws/sns-notification-health-elb-ended.json", "resolved", 200 },
        { IntegrationKind.Aws, "aws/sns-notification-plain-text.json", "info", 200 },
        { IntegrationKind.Aws, "aws/sns-subscription-confirmation.json", "handshake", 200 },
        { IntegrationKind.Aws, "aws/sns-unsubscribe-confirmation.json", "handshake", 200 },
        { IntegrationKind.Azure, "azure/activity-log-administrative.json", "info", 200 },
        { IntegrationKind.Azure, "azure/budget-other-schema.json", "info", 200 },
        { IntegrationKind.Azure, "azure/log-v2-fired.json", "firing", 200 },
        { IntegrationKind.Azure, "azure/metric-fired-dynamic-custom-properties.json", "firing", 200 },
        { IntegrationKind.Azure, "azure/metric-resolved.json", "resolved", 200 },
        { IntegrationKind.Azure, "azure/resource-health-fired.json", "firing", 200 },
        { IntegrationKind.Azure, "azure/service-health-stage-resolved.json", "resolved", 200 },
        { IntegrationKind.Oci, "oci/alarm-ok-to-firing-v1.5.json", "firing", 200 },
        { IntegrationKind.Oci, "oci/alarm-ok-to-firing-v1.3-info.json", "firing", 200 },
        { IntegrationKind.Oci, "oci/alarm-repeat-derived.json", "firing", 200 },
        { IntegrationKind.Oci, "oci/alarm-firing-to-ok-derived.json", "resolved", 200 },
        { IntegrationKind.Oci, "oci/alarm-docs-grouped-malformed.txt", "", 400 },
        { IntegrationKind.Pagerduty, "pagerduty/events-v2-trigger.json", "firing", 202 },
        { IntegrationKind.Pagerduty, "pagerduty/events-v2-acknowledge.json", "acknowledged", 202 },
        { IntegrationKind.Pagerduty, "pagerduty/events-v2-resolve.json", "resolved", 202 },
        { IntegrationKind.Generic, "generic/formatted-webhook.json", "firing", 200 },
        { IntegrationKind.Generic, "generic/pingdom-down-epoch.json", "firing", 200 },
        { IntegrationKind.Generic, "generic/pingdom-up-empty-objects.json", "resolved", 200 },
        { IntegrationKind.Generic, "generic/vrealize-epoch-millis.json", "firing", 200 },
        { IntegrationKind.UptimeKuma, "uptime-kuma/down.json", "firing", 200 },
        { IntegrationKind.UptimeKuma, "uptime-kuma/up.json", "resolved", 200 },
        { IntegrationKind.UptimeKuma, "uptime-kuma/test-all-null.json", "test", 200 },
        { IntegrationKind.Zabbix, "zabbix/problem-crlf-unresolved-macros.json", "firing", 200 },
        { IntegrationKind.Zabbix, "zabbix/ok-flat.json", "resolved", 200 },
    };

    [Fact]
    public async Task Are_understood_and_raised_once_though_each_is_sent_twice()
    {
        // In one process: a start of it takes longer than all of them.
        Dictionary<string, List<string>> sent = [];
        foreach (var (kind, file, states, status) in Files.Select(row => ((string)row[0], (string)row[1], (string)row[2], (int)row[3])))
        {
            for (var time = 0; time < 2; time++)
            {
                var (answer, text) = await _gateway.Send(kind, Payload.Bytes(file));
                Assert.True(answer == status, $"{file} is answered {answer}, not {status}: {text}");
                sent.TryAdd(kind, []);
                sent[kind].Add(states);
            }
        }
        foreach (var (kind, states) in sent)
            Assert.Equal(states, (await _gateway.Deliveries(kind)).Select(StatesOf));
        // At the end of all files something fires in each of these, and nothing in those.
        foreach (var kind in new[]
        {
            IntegrationKind.Grafana, IntegrationKind.Alertmanager, IntegrationKind.Gcp, IntegrationKind.Aws, IntegrationKind.Azure,
            IntegrationKind.Oci, IntegrationKind.Pagerduty, IntegrationKind.Generic, IntegrationKind.Zabbix,
        })
            await Await.Until(() => _gateway.Raised(kind), count => count == 1, $"one alert of {kind} is raised");
        await Await.Until(() => _gateway.Raised(IntegrationKind.UptimeKuma), count => count == 0, "the alert of Uptime Kuma is over");
    }

    public static TheoryData<string, string, string> Pairs => new()
    {
        { IntegrationKind.Gcp, "gcp/v1.2-uptime-open.json", "gcp/v1.2-uptime-closed.json" },
        { IntegrationKind.Oci, "oci/alarm-ok-to-firing-v1.5.json", "oci/alarm-firing-to-ok-derived.json" },
        { IntegrationKind.UptimeKuma, "uptime-kuma/down.json", "uptime-kuma/up.json" },
        { IntegrationKind.Generic, "generic/pingdom-down-epoch.json", "generic/pingdom-up-empty-objects.json" },
    };

    [Fact]
    public async Task Are_over_whatever_order_raise_and_clear_come_in()
    {
        foreach (var (kind, raise, clear) in Pairs.Select(row => ((string)row[0], (string)row[1], (string)row[2])))
        {
            await _gateway.Send(kind, Payload.Bytes(raise));
            await _gateway.Send(kind, Payload.Bytes(raise));
            await Await.Until(() => _gateway.Raised(kind), count => count == 1, $"{raise} raises");
            await _gateway.Send(kind, Payload.Bytes(clear));
            await _gateway.Send(kind, Payload.Bytes(clear));
            await Await.Until(() => _gateway.Raised(kind), count => count == 0, $"{clear} clears");
            // A raise of before comes late, by a sender that tries again: it opens nothing.
            await _gateway.Send(kind, Payload.Bytes(raise));
        }
        // The other order: where the end was quicker than the beginning it was so, and is over.
        await _gateway.Send(IntegrationKind.Grafana, Grafana("resolved", "2026-11-30T10:05:00Z"));
        await _gateway.Send(IntegrationKind.Grafana, Grafana("firing", "0001-01-01T00:00:00Z"));
        // What comes after it is handled after it.
        await _gateway.Send(IntegrationKind.Zabbix, Payload.Bytes("zabbix/problem-crlf-unresolved-macros.json"));
        await Await.Until(() => _gateway.Raised(IntegrationKind.Zabbix), count => count == 1, "what came last is raised");
        foreach (var (kind, _, _) in Pairs.Select(row => ((string)row[0], (string)row[1], (string)row[2])))
            Assert.True(await _gateway.Raised(kind) == 0, $"an alert of {kind} is raised by what came late");
        await Await.Until(() => _gateway.Raised(IntegrationKind.Grafana), count => count == 0, "the alert that ended before it began is over");
    }

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

    static byte[] Grafana(string status, string ends) => Encoding.UTF8.GetBytes(
        $$"""
        {"alerts":[{"status":"{{status}}","labels":{"alertname":"x"},"startsAt":"2026-11-30T10:00:00Z","endsAt":"{{ends}}","fingerprint":"f1"}]}
        """);

    static string StatesOf(JsonElement delivery) =>
        string.Join(',', delivery.GetProperty("understood").EnumerateArray().Select(item => item.GetProperty("state").GetString()));
}
