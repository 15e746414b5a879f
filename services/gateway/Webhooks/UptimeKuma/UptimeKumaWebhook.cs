using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.UptimeKuma;

/// <summary>Uptime Kuma's webhook, as JSON or as the field <c>data</c> of a form.</summary>
internal sealed class UptimeKumaWebhook : IWebhook
{
    public string Kind => IntegrationKind.UptimeKuma;

    public Reading Read(WebhookBody body, Integration integration)
    {
        var root = JsonBody.Read(FormField.Find(body.Bytes, "data") ?? body.Bytes);
        if (!root.IsObject || !root["msg"].IsThere && !root["heartbeat"].IsThere)
            throw root.Wrong("has neither a heartbeat nor a msg");
        return new() { Items = [NewsLimits.Fit(News(root, body, integration), body.ReceivedAt)] };
    }

    static Understood News(JsonValue root, WebhookBody body, Integration integration)
    {
        var (beat, monitor) = (root["heartbeat"], root["monitor"]);
        // The test button, and notices that are about no beat.
        if (!beat.IsObject)
            return new()
            {
                State = UnderstoodState.Test, ExternalId = ExternalIds.Of("notice", monitor["id"].Text ?? ExternalIds.Hash(root["msg"].Text ?? "")),
                Title = root["msg"].Text,
            };
        var id = root.FirstText("monitor.id", "heartbeat.monitorID") ?? throw beat["monitorID"].Wrong("is missing: the monitor's id");
        var state = beat["status"].Whole switch
        {
            0 => UnderstoodState.Firing,
            1 => UnderstoodState.Resolved,
            2 or 3 => UnderstoodState.NoData, // pending, maintenance
            _ => throw beat["status"].Wrong("is none of 0, 1, 2 and 3"),
        };
        var at = SourceTime.Read(beat["time"]);
        var (severity, unknown) = MappedFields.Severity(root, integration, TagOf(monitor, "severity"));
        return new()
        {
            State = state, ExternalId = id, Severity = severity,
            Title = Joined(monitor["name"].Text, beat["msg"].Text) ?? root["msg"].Text, Text = root["msg"].Text,
            // A repetition does not say since when.
            StartsAt = state == UnderstoodState.Firing && beat["important"].Text != "false" ? at : null,
            EndsAt = state == UnderstoodState.Resolved ? at : null, ReportedAt = at,
            Service = MappedFields.Text(root, integration.Mapping.Service) ?? TagOf(monitor, "service"),
            Region = MappedFields.Text(root, integration.Mapping.Region) ?? TagOf(monitor, "region"),
            Url = monitor["url"].Text,
            Labels = MappedFields.Labels(root, integration).AddPairs(monitor["tags"]).Add("monitor", monitor["name"].Text)
                .Add("monitor_id", id).Add("type", monitor["type"].Text).Add("host", monitor["hostname"].Text)
                .Add("severity_word", unknown).ToDictionary(),
            Annotations = Annotations(beat, monitor),
            DeliveryKey = at is null ? null : $"{id}/{beat["status"].Text}/{beat["time"].Text}",
        };
    }

    static string? Joined(string? name, string? says) => name is null ? says : says is null ? name : $"{name}: {says}";

    static string? TagOf(JsonValue monitor, string name) =>
        monitor["tags"].Items.FirstOrDefault(tag => string.Equals(tag["name"].Text, name, StringComparison.OrdinalIgnoreCase))?["value"].Text;

    static Dictionary<string, string> Annotations(JsonValue beat, JsonValue monitor)
    {
        Dictionary<string, string> annotations = [];
        foreach (var (name, value) in new[]
        {
            ("ping_ms", beat["ping"].Text), ("duration_s", beat["duration"].Text), ("description", monitor["description"].Text),
            ("path", monitor["pathName"].Text),
        })
            if (value is not null)
                annotations.Add(name, value);
        return annotations;
    }
}
