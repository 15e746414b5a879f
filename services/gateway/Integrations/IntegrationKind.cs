namespace Sigma.Gateway.Integrations;

/// <summary>What an integration speaks.</summary>
public static class IntegrationKind
{
    /// <summary>Grafana's contact points of the kind webhook.</summary>
    public const string Grafana = "grafana";

    /// <summary>Alertmanager's webhook, and its API version 2 at <c>/api/v2/alerts</c>.</summary>
    public const string Alertmanager = "alertmanager";

    /// <summary>Google Cloud Monitoring.</summary>
    public const string Gcp = "gcp";

    /// <summary>Amazon: SNS, EventBridge, CloudWatch, Health, S3.</summary>
    public const string Aws = "aws";

    /// <summary>Azure Monitor's action groups.</summary>
    public const string Azure = "azure";

    /// <summary>Oracle Cloud's notifications.</summary>
    public const string Oci = "oci";

    /// <summary>PagerDuty's Events API version 2.</summary>
    public const string Pagerduty = "pagerduty";

    /// <summary>Uptime Kuma.</summary>
    public const string UptimeKuma = "uptime-kuma";

    /// <summary>Zabbix's media types.</summary>
    public const string Zabbix = "zabbix";

    /// <summary>Signed JSON by the Standard Webhooks specification.</summary>
    public const string StandardWebhook = "standard-webhook";

    /// <summary>Any JSON.</summary>
    public const string Generic = "generic";

    /// <summary>Log lines: plain JSON and NDJSON, Loki, Elasticsearch's bulk, Splunk's HEC, OpenTelemetry, syslog.</summary>
    public const string Logs = "logs";

    /// <summary>Samples: remote write, OpenTelemetry, line protocol, push gateway.</summary>
    public const string Metrics = "metrics";

    /// <summary>Signs of life at <c>/ping/…</c>.</summary>
    public const string Beats = "beats";

    /// <summary>Kinds whose bodies come to <c>/in/{name}</c> and are read by a webhook reader.</summary>
    public static IReadOnlyList<string> Webhooks { get; } =
        [Grafana, Alertmanager, Gcp, Aws, Azure, Oci, Pagerduty, UptimeKuma, Zabbix, StandardWebhook, Generic];

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Webhooks, Logs, Metrics, Beats];
}
