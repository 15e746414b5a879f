using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Oci;

/// <summary>An alarm of Oracle's monitoring. Its dedupe key is the same while it fires and when it is over.</summary>
internal static class OciAlarm
{
    public static Understood Read(JsonValue root, Integration integration)
    {
        var key = root["dedupeKey"].Needed("what links the alarm's messages");
        var type = root["type"].Text?.ToUpperInvariant();
        var isOver = type switch
        {
            "OK_TO_FIRING" or "REPEAT" => false,
            "FIRING_TO_OK" or "RESET" => true,
            _ => throw root["type"].Wrong("is none of OK_TO_FIRING, REPEAT, FIRING_TO_OK and RESET"),
        };
        var alarm = root["alarmMetaData"][0];
        var dimensions = alarm["dimensions"][0];
        var at = SourceTime.Milliseconds(root["timestampEpochMillis"]) ?? SourceTime.Read(root["timestamp"]);
        var (severity, unknown) = MappedFields.Severity(root, integration, root["severity"].Text ?? alarm["severity"].Text);
        return new Understood
        {
            State = isOver ? UnderstoodState.Resolved : UnderstoodState.Firing, ExternalId = ExternalIds.Fit(key), Severity = severity,
            Title = root["title"].Text, Text = root["body"].Text ?? alarm["alarmSummary"].Text,
            // A repetition does not say since when, and begins nothing.
            StartsAt = type == "OK_TO_FIRING" ? at : null, EndsAt = isOver ? at : null, ReportedAt = at,
            Service = MappedFields.Text(root, integration.Mapping.Service) ?? alarm["namespace"].Text,
            Region = MappedFields.Text(root, integration.Mapping.Region) ?? dimensions["region"].Text ?? OciRegion.OfOcid(alarm["id"].Text),
            Labels = MappedFields.Labels(root, integration).Add("alertname", root["title"].Text).Add("namespace", alarm["namespace"].Text)
                .AddAll(dimensions).Add("severity_word", unknown).ToDictionary(),
            Annotations = Annotations(root, alarm, type), Url = alarm["alarmUrl"].Text,
            DeliveryKey = $"{ExternalIds.Hash(key)}/{at?.UtcTicks}/{type}",
        };
    }

    static Dictionary<string, string> Annotations(JsonValue root, JsonValue alarm, string? type)
    {
        Dictionary<string, string> annotations = [];
        foreach (var (name, value) in new[]
        {
            ("query", alarm["query"].Text), ("alarm_summary", alarm["alarmSummary"].Text), ("metrics_firing", alarm["totalMetricsFiring"].Text),
            ("metric_values", alarm["metricValues"].Shown), ("alarm_id", alarm["id"].Text), ("notification_type", root["notificationType"].Text),
            ("clear_reason", type == "RESET" ? "the alarm lost its state: its metric is gone, or it was changed" : null),
            ("dimensions", alarm["dimensions"].Items.Count > 1 ? alarm["dimensions"].Shown : null),
        })
            if (value is not null)
                annotations.Add(name, value);
        return annotations;
    }
}
