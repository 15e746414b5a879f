using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Azure;

/// <summary>What is not in the common schema: metric alerts of before it, the activity log, budgets, and anything else as an event.</summary>
internal static class OtherSchemas
{
    public static Understood Read(JsonValue root, Integration integration)
    {
        var (schema, data) = (root["schemaId"].Text, root["data"]);
        var (severity, unknown) = MappedFields.Severity(root, integration, data["context"]["severity"].Text is { } number ? $"Sev{number}" : null);
        var labels = MappedFields.Labels(root, integration).Add("schema", schema).Add("severity_word", unknown);
        var news = schema == "AzureMonitorMetricAlert" && data["context"]["id"].Text is { } rule ? Metric(data, rule, labels)
            : schema == "AIP Budget Notification" ? Budget(root, data, labels)
            : Event(root, schema, data, labels);
        return news with
        {
            Severity = severity,
            Service = MappedFields.Text(root, integration.Mapping.Service) ?? news.Service,
            Region = MappedFields.Text(root, integration.Mapping.Region) ?? data["context"].FirstText("resourceRegion", "portalRegion"),
        };
    }

    static Understood Metric(JsonValue data, string rule, LabelList labels)
    {
        var context = data["context"];
        var isOver = data["status"].Text?.ToUpperInvariant() switch
        {
            "ACTIVATED" => false,
            "DEACTIVATED" or "RESOLVED" => true,
            _ => throw data["status"].Wrong("is neither Activated nor Deactivated"),
        };
        var at = SourceTime.Read(context["timestamp"]);
        return new Understood
        {
            State = isOver ? UnderstoodState.Resolved : UnderstoodState.Firing,
            ExternalId = ExternalIds.Of("metric", ExternalIds.Hash($"{rule}\n{context["resourceId"].Text}".ToUpperInvariant())),
            Title = context["name"].Text, Text = context["description"].Text,
            StartsAt = isOver ? null : at, EndsAt = isOver ? at : null, ReportedAt = at,
            Service = AzureResource.Kind(context["resourceId"].Text), Url = context["portalLink"].Text,
            Labels = labels.Add("alertname", context["name"].Text).Add("resource", context["resourceName"].Text)
                .Add("resource_group", context["resourceGroupName"].Text).Add("subscription", context["subscriptionId"].Text)
                .AddAll(data["properties"]).ToDictionary(),
        };
    }

    static Understood Budget(JsonValue root, JsonValue data, LabelList labels) => Event(root, null, data, labels
        .Add("subscription", data["SubscriptionId"].Text).Add("resource_group", data["ResourceGroup"].Text)
        .Add("budget", data["BudgetName"].Text)) with
    {
        Title = data["BudgetName"].Text ?? "Budget",
        Text = $"{data["SpendingAmount"].Text} {data["Unit"].Text} of {data["Budget"].Text} are spent, "
            + $"over {data["NotificationThresholdAmount"].Text}",
    };

    static Understood Event(JsonValue root, string? schema, JsonValue data, LabelList labels)
    {
        var log = data["context"]["activityLog"];
        var at = SourceTime.Read(log["eventTimestamp"]);
        var id = ExternalIds.Of("event", log["eventDataId"].Text ?? ExternalIds.Hash(root.Shown ?? ""));
        return new Understood
        {
            State = UnderstoodState.Info, NeverResolves = true, ExternalId = id,
            DeliveryKey = at is null ? id : null, // what says no time is the same where it says the same
            Title = log.FirstText("properties.title", "description", "operationName") ?? data.FirstText("title", "name") ?? schema ?? "Event",
            Text = data.Shown, StartsAt = at, ReportedAt = at,
            Labels = labels.Add("operation", log["operationName"].Text).Add("subscription", log["subscriptionId"].Text).ToDictionary(),
        };
    }
}
