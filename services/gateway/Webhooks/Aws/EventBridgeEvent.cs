using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>An event of EventBridge. Alarms and AWS Health are conditions; any other is an event without an end.</summary>
internal static class EventBridgeEvent
{
    public static Understood Read(JsonValue message, AwsContext context) => message["detail-type"].Text switch
    {
        "CloudWatch Alarm State Change" => Alarm(message, message["detail"], context),
        "AWS Health Event" or "AWS Health Abuse Event" => HealthEvent.Read(message, message["detail"], context),
        _ => Event(message, context),
    };

    static Understood Alarm(JsonValue message, JsonValue detail, AwsContext context)
    {
        var name = detail["alarmName"].Needed("the alarm's name");
        var state = CloudWatchAlarm.StateOf(detail["state"]["value"]);
        var at = SourceTime.Read(detail["state"]["timestamp"]) ?? SourceTime.Read(message["time"]);
        var description = detail["configuration"]["description"].Text;
        var (severity, unknown) = CloudWatchAlarm.Severity(message, name, description, context);
        var metric = detail["configuration"]["metrics"].Items.Select(one => one["metricStat"]["metric"]).FirstOrDefault(one => one.IsObject);
        return new Understood
        {
            State = state,
            ExternalId = ExternalIds.Fit(message["resources"][0].Text ?? ExternalIds.Of(message["account"].Text, message["region"].Text, name)),
            Severity = severity, Title = name,
            Text = string.Join('\n', new[] { description, detail["state"]["reason"].Text }.OfType<string>()),
            StartsAt = state == UnderstoodState.Firing ? at : null, EndsAt = state == UnderstoodState.Resolved ? at : null, ReportedAt = at,
            Service = MappedFields.Text(message, context.Integration.Mapping.Service),
            Region = MappedFields.Text(message, context.Integration.Mapping.Region) ?? message["region"].Text,
            Labels = MappedFields.Labels(message, context.Integration).Add("alertname", name).Add("account", message["account"].Text)
                .Add("namespace", metric?["namespace"].Text).Add("metric", metric?["name"].Text)
                .AddAll(metric?["dimensions"] ?? detail["dimensions"]).Add("severity_word", unknown).ToDictionary(),
            Annotations = detail["previousState"]["value"].Text is { } before
                ? new Dictionary<string, string> { ["previous_state"] = before } : new Dictionary<string, string>(),
            DeliveryKey = message["id"].Text,
        };
    }

    static Understood Event(JsonValue message, AwsContext context)
    {
        var source = message["source"].Text;
        var at = SourceTime.Read(message["time"]);
        var (severity, unknown) = MappedFields.Severity(message, context.Integration, null);
        return new Understood
        {
            State = UnderstoodState.Info, Severity = severity,
            ExternalId = ExternalIds.Fit(message["id"].Text ?? ExternalIds.Hash(message.Shown ?? "")),
            Title = Title(message), Text = message["detail"].Shown, StartsAt = at, ReportedAt = at,
            Service = MappedFields.Text(message, context.Integration.Mapping.Service)
                ?? (source?.StartsWith("aws.", StringComparison.Ordinal) == true ? source[4..] : source),
            Region = MappedFields.Text(message, context.Integration.Mapping.Region) ?? message["region"].Text,
            Labels = MappedFields.Labels(message, context.Integration).Add("alertname", message["detail-type"].Text)
                .Add("account", message["account"].Text).Add("resource", message["resources"][0].Text)
                .Add("severity_word", unknown).ToDictionary(),
            NeverResolves = true, DeliveryKey = message["id"].Text,
        };
    }

    static string Title(JsonValue message) => message["detail"]["object"]["key"].Text is { } key
        ? $"{message["detail-type"].Text}: {message["detail"]["bucket"]["name"].Text}/{key}"
        : message["resources"][0].Text is { } resource ? $"{message["detail-type"].Text}: {resource}" : message["detail-type"].Text!;
}
