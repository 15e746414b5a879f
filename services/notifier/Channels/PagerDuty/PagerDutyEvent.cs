using System.Text.Json.Serialization;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.SystemNotices;

namespace Sigma.Notifier.Channels.PagerDuty;

/// <summary>The body of POST v2/enqueue. All events of an episode have one key: so a repeated trigger opens nothing anew.</summary>
internal sealed record PagerDutyEvent
{
    const int LongestSummary = 1024;

    const string Product = "Sigma Cloud Events Tracker";

    [JsonPropertyName("routing_key")]
    public required string RoutingKey { get; init; }

    [JsonPropertyName("event_action")]
    public required string Action { get; init; }

    [JsonPropertyName("dedup_key")]
    public required string DedupKey { get; init; }

    public string? Client { get; init; }

    public PagerDutyPayload? Payload { get; init; }

    public static PagerDutyEvent Trigger(string routingKey, DeliveryContent content, AccountInfo? names, string summary) =>
        Trigger(routingKey, content.Episode.AlertId, new()
        {
            Summary = Summary(summary), Source = Source(names?.Code ?? content.Episode.Label("account"), content.Episode),
            Severity = content.Episode.IsDrill ? "info" : SeverityOf(content.Episode.Severity),
            Timestamp = content.Episode.RaisedAt, Component = Text(content.Episode.Label("cuc")), Group = Text(names?.Company),
            Class = Text(content.Episode.Label("code")),
            Details = DetailsOf(content.Episode),
        });

    static Dictionary<string, string> DetailsOf(Episode episode)
    {
        Dictionary<string, string> details = new(episode.Labels) { ["rule"] = episode.Rule, ["alertId"] = $"{episode.AlertId}" };
        if (episode.IsCounted)
        {
            details["count"] = $"{episode.Count}";
            details["threshold"] = $"{episode.Threshold}";
            details["window"] = $"{episode.WindowFrom:O}/{episode.WindowTo:O}";
        }
        else if (episode.Value is not null)
        {
            details["value"] = $"{episode.Value} {episode.Unit}".Trim();
            details["limit"] = $"{episode.Limit} {episode.Unit}".Trim();
        }
        return details;
    }

    public static PagerDutyEvent Trigger(string routingKey, NoticeContent notice, string summary) =>
        Trigger(routingKey, notice.Subject, new() { Summary = Summary(summary), Source = Product, Severity = "critical" });

    public static PagerDutyEvent Acknowledge(string routingKey, Guid episode) =>
        new() { RoutingKey = routingKey, Action = "acknowledge", DedupKey = $"{episode}" };

    public static PagerDutyEvent Resolve(string routingKey, Guid episode) =>
        new() { RoutingKey = routingKey, Action = "resolve", DedupKey = $"{episode}" };

    static PagerDutyEvent Trigger(string routingKey, Guid episode, PagerDutyPayload payload) =>
        new() { RoutingKey = routingKey, Action = "trigger", DedupKey = $"{episode}", Client = Product, Payload = payload };

    static string Summary(string text) => text.Truncate(LongestSummary);

    static string Source(string account, Episode episode) => account.Length > 0 ? account : episode.Source;

    static string? Text(string? value) => value is { Length: > 0 } and not AccountInfo.NoName ? value : null;

    // PagerDuty has four; any other word is a warning.
    static string SeverityOf(string severity) => severity.Trim().ToUpperInvariant() switch
    {
        "CRITICAL" or "CRIT" or "FATAL" or "EMERGENCY" or "DISASTER" or "PAGE" or "P1" => "critical",
        "ERROR" or "ERR" or "HIGH" or "MAJOR" or "ALERT" or "P2" => "error",
        "LOW" or "INFO" or "INFORMATIONAL" or "INFORMATION" or "NOTICE" or "NONE" or "DEBUG" or "P4" or "P5" => "info",
        _ => "warning",
    };
}

/// <summary>What an incident shows.</summary>
internal sealed record PagerDutyPayload
{
    public required string Summary { get; init; }
    public required string Source { get; init; }
    public required string Severity { get; init; }
    public DateTimeOffset? Timestamp { get; init; }
    public string? Component { get; init; }
    public string? Group { get; init; }
    public string? Class { get; init; }

    [JsonPropertyName("custom_details")]
    public Dictionary<string, string>? Details { get; init; }
}
