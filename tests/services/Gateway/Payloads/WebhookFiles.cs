using System.Text.Json.Nodes;
using Sigma.Gateway.Integrations;
using static Sigma.ServiceTests.Gateway.Payloads.WebhookFile;

namespace Sigma.ServiceTests.Gateway.Payloads;

/// <summary>Every body of a webhook, with what the README of the payloads says of it.</summary>
internal static class WebhookFiles
{
    const string None = "0001-01-01T00:00:00Z";

    static readonly JsonNode Handshake = JsonNode.Parse(Payload.Text("oci/subscription-confirmation-headers.json"))!;

    static readonly WebhookFile[] Grafana =
    [
        new("grafana/firing-one-values.json", IntegrationKind.Grafana,
            new Said("firing", "e6349a25f5ef0e9e") { StartsAt = "2024-03-01T02:09:00Z", Title = "Memory (copy)" })
        {
            Other = Edit(("\"status\":\"firing\"", "\"status\":\"resolved\""), (None, "2024-03-01T03:09:00Z")),
        },
        new("grafana/firing-unicode-dotted-label.json", IntegrationKind.Grafana, new Said("firing", "8b1971c962be25d4")
        {
            Title = "ERROR 로그 알림", StartsAt = "2026-07-23T05:20:30Z", Labels = new Dictionary<string, string> { ["container.name"] = "team1-alert" },
        })
        {
            Other = Edit(("\"status\": \"firing\"", "\"status\": \"resolved\""), (None, "2026-07-23T06:20:30Z")),
        },
        new("grafana/legacy-alerting.json", IntegrationKind.Grafana,
            new Said("firing", "58") { Severity = "medium", Service = "Physical", Title = "[Alerting] TEST -> Battery Voltage alert" })
        {
            Other = Edit(("\"state\": \"alerting\"", "\"state\": \"ok\"")), HasNoTimes = true,
        },
        new("grafana/legacy-ok.json", IntegrationKind.Grafana, new Said("resolved", "7") { Title = "[OK] CPU alert" })
        {
            Other = Edit(("\"state\": \"ok\"", "\"state\": \"alerting\"")), HasNoTimes = true,
        },
        new("grafana/legacy-unicode-float-ids.json", IntegrationKind.Grafana, new Said("firing", "1/93")
        {
            Title = "[Alerting] Database Size alert", Annotations = new Dictionary<string, string> { ["description"] = "데이터베이스~" },
        })
        {
            // With a fraction or without, and as a text, it is the same id.
            Other = Edit(("\"state\": \"alerting\"", "\"state\": \"ok\""), ("\"ruleId\": 93.0", "\"ruleId\": 93"),
                ("\"orgId\": 1.0", "\"orgId\": \"1\"")),
            HasNoTimes = true,
        },
        new("grafana/mixed-group-firing-and-resolved.json", IntegrationKind.Grafana,
            new Said("resolved", "aaafafe0953f0962") { EndsAt = "2022-06-17T01:08:28.6527478Z" },
            new Said("resolved", "fb31814ac93dbe7d") { EndsAt = "2022-06-17T01:08:28.6527478Z" },
            new Said("firing", "6f9cd313db421ef1") { StartsAt = "2022-06-17T01:03:00.7821378Z" })
        {
            Other = Swapped,
        },
        new("grafana/no-data-two-alerts.json", IntegrationKind.Grafana,
            new Said("noData", "583e2e8d8fdc7002") { Title = "battery charge", StartsAt = "2022-07-19T04:07:07Z" },
            new Said("noData", "9467ea41a4343aad") { Title = "UPS status", StartsAt = "2022-07-19T12:37:07Z" }),
        new("grafana/no-data-values-null.json", IntegrationKind.Grafana, new Said("noData", "c50ae7bba42b3626")),
        new("grafana/resolved-one.json", IntegrationKind.Grafana, new Said("resolved", "93070e04dcab3ea0")
        {
            StartsAt = "2022-04-08T11:10:46.1364896Z", EndsAt = "2022-04-08T11:14:56.1364896Z",
        })
        {
            Other = Edit(("\"resolved\"", "\"firing\""), ("2022-04-08T13:14:56.136489624+02:00", None)),
        },
        new("grafana/resolved-values-null-partial.json", IntegrationKind.Grafana, new Said("resolved")
        {
            StartsAt = "2025-10-08T14:33:30Z", EndsAt = "2025-10-08T16:29:55.9335827Z",
            Annotations = new Dictionary<string, string> { ["grafana_state_reason"] = "Updated" },
        })
        {
            Other = Edit(("\"resolved\"", "\"firing\""), ("2025-10-08T16:29:55.933582749Z", None), ("\"grafana_state_reason\"", "\"what\"")),
        },
        new("grafana/test-message.json", IntegrationKind.Grafana, new Said("test", "57c6d9296de2ad39")),
    ];

    static readonly WebhookFile[] Alertmanager =
    [
        new("alertmanager/webhook-firing-two.json", IntegrationKind.Alertmanager,
            [.. new[] { "e2a3b36a4e1832ef", "b81c57e53f0bff63" }.Select(id => new Said("firing", id)
            {
                Severity = "critical", StartsAt = "2021-08-23T05:16:56.154Z", Service = "prometheus-kube-prometheus-prometheus",
            })])
        {
            Other = Edit(("\"firing\"", "\"resolved\""), (None, "2021-08-23T06:16:56.154Z")),
        },
        new("alertmanager/webhook-v3-numeric-groupkey.json", IntegrationKind.Alertmanager,
            new Said("firing") { Severity = "critical", StartsAt = "2016-08-01T10:27:08.008Z", Service = "System" })
        {
            Other = Edit(("\"firing\"", "\"resolved\""), (None, "2016-08-01T14:27:08.008+03:00")),
        },
        new("alertmanager/webhook-resolved-capital-severity.json", IntegrationKind.Alertmanager,
            new Said("resolved", "fbab788ec4c1018b") { Severity = "medium", EndsAt = "2022-07-29T11:17:27.3Z" })
        {
            Other = Edit(("\"resolved\"", "\"firing\""), ("2022-07-29T11:17:27.3Z", None)),
        },
    ];

    static readonly WebhookFile[] Google =
    [
        new("gcp/v1.1-open-documentation-holds-json.json", IntegrationKind.Gcp,
            new Said("firing", "f2e08c333dc64cb09f75eaab355393bz") { StartsAt = "2017-07-06T19:10:14Z", Service = "webserver-85" })
        {
            Other = Edit(("\"open\"", "\"closed\""), ("\"ended_at\": null", "\"ended_at\": 1499369214")),
        },
        new("gcp/v1.2-open-cpu.json", IntegrationKind.Gcp, new Said("firing", "0.mtdi83m6w8ao")
        {
            StartsAt = "2023-02-02T05:29:47Z", Labels = new Dictionary<string, string> { ["project"] = "xxxxxxxxxxxxxxxxxxxxxxxx" },
        })
        {
            Other = Edit(("\"open\"", "\"closed\""), ("\"ended_at\": null", "\"ended_at\": 1675319387")),
        },
        new("gcp/v1.2-closed-cpu.json", IntegrationKind.Gcp,
            new Said("resolved", "0.mteuirnn0v0k") { StartsAt = "2023-02-03T04:20:07Z", EndsAt = "2023-02-03T04:27:14Z" })
        {
            Other = Edit(("\"closed\"", "\"open\""), ("\"ended_at\": 1675398434", "\"ended_at\": null")),
        },
        new("gcp/v1.2-uptime-open.json", IntegrationKind.Gcp, new Said("firing", "0.ligwyr056k2l") { StartsAt = "2020-01-20T22:30:44Z" })
        {
            Other = File("gcp/v1.2-uptime-closed.json"),
        },
        new("gcp/v1.2-uptime-closed.json", IntegrationKind.Gcp, new Said("resolved", "0.ligwyr056k2l") { EndsAt = "2020-01-20T22:32:32Z" })
        {
            Other = File("gcp/v1.2-uptime-open.json"),
        },
    ];

    static readonly WebhookFile[] Amazon =
    [
        new("aws/sns-notification-cloudwatch-alarm.json", IntegrationKind.Aws,
            new Said("firing", "123456789012/eu-west-1/bucketbytesAlarm")
            {
                Title = "bucketbytesAlarm", Region = "eu-west-1", StartsAt = "2019-02-15T23:53:45.093Z",
            })
        {
            Other = Edit((Quoted("NewStateValue", "ALARM"), Quoted("NewStateValue", "OK")), ("T23:53:45.093+0000", "T23:58:45.093+0000"),
                ("e288882d", "e288882e")),
        },
        new("aws/sns-notification-cloudwatch-insufficient-data.json", IntegrationKind.Aws,
            new Said("noData", "123456789012/eu-west-1/notificationCountAlarm") { Region = "eu-west-1" }),
        new("aws/sns-notification-cloudwatch-ok-anomaly-band.json", IntegrationKind.Aws,
            new Said("resolved", "arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:ContainerInsight-pod_cpu_utilization")
            {
                Region = "ap-northeast-2", EndsAt = "2021-06-27T13:53:39.351Z",
            })
        {
            Other = Edit((Quoted("NewStateValue", "OK"), Quoted("NewStateValue", "ALARM")), ("T13:53:39.351+0000", "T13:43:39.351+0000"),
                ("448b4055", "448b4056")),
        },
        new("aws/sns-notification-health-elb-ended.json", IntegrationKind.Aws,
            new Said("resolved", "arn:aws:health:ap-southeast-2::event/AWS_ELASTICLOADBALANCING_API_ISSUE_90353408594353980")
            {
                Service = "ELASTICLOADBALANCING", Region = "ap-southeast-2", StartsAt = "2016-06-04T05:01:10Z", EndsAt = "2016-06-04T05:30:57Z",
            })
        {
            Other = Edit((@"    \""endTime\"": \""Sat, 04 Jun 2016 05:30:57 GMT\"",\n", ""), ("2016-06-05T06:27:57Z", "2016-06-04T05:05:00Z"),
                ("3f78eee9", "3f78eeea")),
        },
        new("aws/eventbridge-health-acm-scheduled-change.json", IntegrationKind.Aws,
            new Said("info") { Service = "ACM", Region = "us-east-1", StartsAt = "2022-04-06T06:00:53Z" }),
        new("aws/s3-event-object-created.json", IntegrationKind.Aws,
            new Said("info") { Service = "s3", Region = "us-east-1", Title = "ObjectCreated:Put: sourcebucket/Happy Face.jpg" }),
        new("aws/eventbridge-s3-object-created.json", IntegrationKind.Aws,
            new Said("info", "2d4eba74-fd51-3966-4bfa-b013c9da8ff1") { Service = "s3", Region = "us-east-1" }),
        new("aws/cloudwatch-alarm-raw-delivery.json", IntegrationKind.Aws,
            new Said("firing", "arn:aws:cloudwatch:us-east-1:123456789012:alarm:[TITLE-TEST-ALARM] Title of Broken Alarm")
            {
                Region = "us-east-1", StartsAt = "2025-09-16T16:59:17.131Z", Title = "[TITLE-TEST-ALARM] Title of Broken Alarm",
            })
        {
            Headers = [("x-amz-sns-rawdelivery", "true")],
            Other = Edit(("\"NewStateValue\": \"ALARM\"", "\"NewStateValue\": \"OK\""), ("T16:59:17.131+0000", "T17:59:17.131+0000")),
        },
        new("aws/sns-notification-plain-text.json", IntegrationKind.Aws, new Said("info") { Title = "My First Message" }),
        new("aws/sns-subscription-confirmation.json", IntegrationKind.Aws, new Said("handshake") { Region = "eu-west-1" }),
        new("aws/sns-unsubscribe-confirmation.json", IntegrationKind.Aws, new Said("handshake") { Region = "us-west-2" }),
    ];

    static readonly WebhookFile[] Azure =
    [
        new("azure/metric-resolved.json", IntegrationKind.Azure,
            new Said("resolved", "b9569717-bc32-442f-add5-83a997729330")
            {
                Severity = "info", Service = "virtualmachines", Title = "WCUS-R2-Gen2", StartsAt = "2019-03-22T13:58:24.3713213Z",
                EndsAt = "2019-03-22T14:03:16.2246313Z",
            })
        {
            Other = Edit(("\"Resolved\"", "\"Fired\""), ("\"resolvedDateTime\": \"2019-03-22T14:03:16.2246313Z\",", "")),
        },
        new("azure/metric-fired-dynamic-custom-properties.json", IntegrationKind.Azure,
            new Said("firing", "12345678-1234-1234-1234-1234567890ab")
            {
                Severity = "info", Service = "storageAccounts", StartsAt = "2021-11-15T09:35:24.3468506Z",
                Labels = new Dictionary<string, string> { ["customkey1"] = "value1", ["customkey2"] = "value2" },
            })
        {
            Other = Ended("2021-11-15T09:35:24.3468506Z", "2021-11-15T09:55:24.3468506Z"),
        },
        new("azure/log-v2-fired.json", IntegrationKind.Azure,
            new Said("firing", "12345678-1234-1234-1234-1234567890ab")
            {
                Severity = "info", StartsAt = "2021-11-16T11:47:41.4728231Z",
                Labels = new Dictionary<string, string> { ["resource"] = "test-computer" },
            })
        {
            Other = Ended("2021-11-16T11:47:41.4728231Z", "2021-11-16T12:47:41.4728231Z"),
        },
        new("azure/activity-log-administrative.json", IntegrationKind.Azure, new Said("info") { Severity = "info", Service = "virtualmachines" }),
        new("azure/service-health-stage-resolved.json", IntegrationKind.Azure,
            new Said("resolved", "ABC1-DEF")
            {
                Severity = "info", Service = "Azure Service Name", Region = "Global", StartsAt = "2021-11-16T20:00:00Z",
            })
        {
            // Each update is an alert with an id of its own.
            Other = Edit(("\"Resolved\"", "\"Active\""), ("1234abcd5678efgh1234abcd5678efgh1234abcd5678efgh1234abcd5678efgh", "another"),
                ("\"impactMitigationTime\": \"2021-11-17T01:00:00Z\",", ""), ("2021-11-17T05:34:48.0623172", "2021-11-16T21:34:48.0623172"),
                ("2021-11-17T05:34:44.5778226+00:00", "2021-11-16T21:34:44.5778226+00:00"),
                ("2021-11-17T01:23:45.0623172+00:00", "2021-11-16T20:23:45.0623172+00:00")),
        },
        new("azure/resource-health-fired.json", IntegrationKind.Azure,
            new Said("firing") { Severity = "info", Service = "virtualmachines", Title = "Rebooted by user" })
        {
            Other = Edit(("\"Unavailable\"", "\"Available\""), ("12345678-1234-1234-1234-1234567890ab", "another"),
                ("2021-11-16T09:54:08.9938123Z", "2021-11-16T10:54:08.9938123Z"),
                ("2021-11-16T09:50:20.406+00:00", "2021-11-16T10:50:20.406+00:00")),
        },
        new("azure/budget-other-schema.json", IntegrationKind.Azure, new Said("info") { Title = "test-budgetName" }),
    ];

    static readonly WebhookFile[] Oracle =
    [
        new("oci/alarm-ok-to-firing-v1.5.json", IntegrationKind.Oci,
            new Said("firing", "6b28ce05-7021-4407-b9c0-c5d7896b7361")
            {
                Severity = "critical", Service = "oci_autonomous_database", Region = "ap-seoul-1", StartsAt = "2025-10-27T11:05:00Z",
            })
        {
            Other = File("oci/alarm-firing-to-ok-derived.json"),
        },
        new("oci/alarm-ok-to-firing-v1.3-info.json", IntegrationKind.Oci,
            new Said("firing", "3d5c2f16-....")
            {
                Severity = "info", Service = "oci_objectstorage", Region = "us-phoenix-1", StartsAt = "2023-04-06T22:47:00Z",
            })
        {
            Other = Edit(("OK_TO_FIRING", "FIRING_TO_OK"), ("1680821220000", "1680824820000"), ("22:47:00Z", "23:47:00Z")),
        },
        new("oci/alarm-firing-to-ok-derived.json", IntegrationKind.Oci,
            new Said("resolved", "6b28ce05-7021-4407-b9c0-c5d7896b7361")
            {
                Severity = "critical", Service = "oci_autonomous_database", Region = "ap-seoul-1", EndsAt = "2025-10-27T11:15:00Z",
            })
        {
            Other = File("oci/alarm-ok-to-firing-v1.5.json"),
        },
        new("oci/alarm-repeat-derived.json", IntegrationKind.Oci,
            new Said("firing", "6b28ce05-7021-4407-b9c0-c5d7896b7361")
            {
                Severity = "critical", Service = "oci_autonomous_database", Region = "ap-seoul-1",
            })
        {
            Other = File("oci/alarm-firing-to-ok-derived.json"),
        },
        new("oci/subscription-confirmation-headers.json", IntegrationKind.Oci, new Said("handshake") { Region = "us-phoenix-1" })
        {
            Headers = [.. Handshake["headers"]!.AsObject().Select(header => (header.Key, header.Value!.GetValue<string>()))],
            Text = Handshake["body"]!.ToJsonString(),
        },
    ];

    static readonly WebhookFile[] Others =
    [
        new("pagerduty/events-v2-trigger.json", IntegrationKind.Pagerduty,
            new Said("firing", "samplekeyhere")
            {
                Severity = "info", Service = "postgres", StartsAt = "2015-07-17T08:42:58.315Z", Title = "Example alert on host1.example.com",
            })
        {
            Other = Edit(("\"event_action\": \"trigger\"", "\"event_action\": \"resolve\"")), HasNoTimes = true, Status = 202,
        },
        new("pagerduty/events-v2-acknowledge.json", IntegrationKind.Pagerduty, new Said("acknowledged", "dedupkeyhere")) { Status = 202 },
        new("pagerduty/events-v2-resolve.json", IntegrationKind.Pagerduty, new Said("resolved", "dedupkeyhere"))
        {
            Other = Edit(("\"event_action\": \"resolve\"",
                """
                "event_action": "trigger", "payload": {"summary": "s", "source": "x", "severity": "error"}
                """)),
            HasNoTimes = true, Status = 202,
        },
        new("generic/formatted-webhook.json", IntegrationKind.Generic,
            new Said("firing", "08d6891a-835c-e661-39fa-96b6a9e26552")
            {
                Title = "TestAlert: The whole system is down",
                Annotations = new Dictionary<string, string>
                {
                    ["description"] = "This alert was sent by user for demonstration purposes\nSmth happened. Oh no!",
                },
            })
        {
            Other = Edit(("\"alerting\"", "\"ok\"")), HasNoTimes = true,
        },
        new("generic/pingdom-down-epoch.json", IntegrationKind.Generic,
            new Said("firing", "803318") { Severity = "high", StartsAt = "2017-06-30T22:25:43Z" })
        {
            Other = File("generic/pingdom-up-empty-objects.json"),
        },
        new("generic/pingdom-up-empty-objects.json", IntegrationKind.Generic,
            new Said("resolved", "803318") { Severity = "high", EndsAt = "2017-06-30T22:30:43Z" })
        {
            Other = File("generic/pingdom-down-epoch.json"),
        },
        new("generic/vrealize-epoch-millis.json", IntegrationKind.Generic,
            new Said("firing", "sample-alert-uuid") { Severity = "medium", StartsAt = "2013-05-28T16:09:06.267Z" })
        {
            Other = Edit(("\"ACTIVE\"", "\"CANCELED\""), ("\"cancelDate\": 1369757346267", "\"cancelDate\": 1369757946267"),
                ("\"updateDate\": 1369757346267", "\"updateDate\": 1369757946267")),
        },
        new("uptime-kuma/down.json", IntegrationKind.UptimeKuma, new Said("firing", "29") { StartsAt = "2024-09-24T23:51:35.527Z" })
        {
            Other = File("uptime-kuma/up.json"),
        },
        new("uptime-kuma/up.json", IntegrationKind.UptimeKuma, new Said("resolved", "29") { EndsAt = "2024-09-24T23:55:35.101Z" })
        {
            Other = File("uptime-kuma/down.json"),
        },
        new("uptime-kuma/test-all-null.json", IntegrationKind.UptimeKuma, new Said("test") { Title = "Testing" }) { Lines = 2 }, // pressed twice
        new("zabbix/problem-crlf-unresolved-macros.json", IntegrationKind.Zabbix,
            new Said("firing", "7467") { Severity = "medium", Title = "Load average is too high (per CPU load over 1.5 for 5m)" })
        {
            Other = Edit(("\"PROBLEM\"", "\"OK\"")), HasNoTimes = true,
        },
        new("zabbix/ok-flat.json", IntegrationKind.Zabbix,
            new Said("resolved", "10529") { Severity = "medium" })
        {
            Other = Edit(("\"OK\"", "\"PROBLEM\"")), HasNoTimes = true,
        },
    ];

    /// <summary>All of them, by their path.</summary>
    public static IReadOnlyDictionary<string, WebhookFile> All { get; } =
        new[] { Grafana, Alertmanager, Google, Amazon, Azure, Oracle, Others }.SelectMany(files => files).ToDictionary(file => file.Path);

    // In JSON that is a text within JSON.
    static string Quoted(string name, string value) => $@"\""{name}\"":\""{value}\""";

    static Func<string, string> Ended(string fired, string resolved) => Edit(("\"Fired\"", "\"Resolved\""),
        ($"\"firedDateTime\": \"{fired}\"", $"\"firedDateTime\": \"{fired}\", \"resolvedDateTime\": \"{resolved}\""));

    // Those that were over fire, and the other is over.
    static string Swapped(string body)
    {
        var group = JsonNode.Parse(body)!;
        foreach (var alert in group["alerts"]!.AsArray())
        {
            var fires = alert!["status"]!.GetValue<string>() == "firing";
            alert["status"] = fires ? "resolved" : "firing";
            alert["endsAt"] = fires ? "2022-06-17T01:08:28.652747827Z" : None;
        }
        return group.ToJsonString();
    }
}
