using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Azure;

/// <summary>An alert in the common schema. What its context says depends on the service that watches.</summary>
internal static class CommonAlert
{
    public static Understood Read(JsonValue root, Integration integration)
    {
        var (essentials, context) = (root["data"]["essentials"], root["data"]["alertContext"]);
        if (!essentials.IsObject)
            throw essentials.Wrong("is missing: the essentials of the common alert schema");
        var by = essentials["monitoringService"].Text ?? "";
        var alert = Essentials(root, essentials, integration);
        return Is(by, "ServiceHealth") ? ServiceHealth.Read(alert, context, integration)
            : Is(by, "Resource Health") ? ResourceHealth.Read(alert, essentials, context)
            // What somebody did, or a policy found: nothing ends it.
            : by.StartsWith("Activity Log", StringComparison.OrdinalIgnoreCase) ? ActivityLog(alert, context)
            : Measured(alert, essentials, context, by);
    }

    static Understood Essentials(JsonValue root, JsonValue essentials, Integration integration)
    {
        var id = essentials["alertId"].Needed("the alert's id");
        var condition = essentials["monitorCondition"].Text;
        var isOver = condition?.ToUpperInvariant() switch
        {
            "FIRED" => false,
            "RESOLVED" => true,
            _ => throw essentials["monitorCondition"].Wrong("is neither Fired nor Resolved"),
        };
        var (fired, resolved) = (SourceTime.Read(essentials["firedDateTime"]), SourceTime.Read(essentials["resolvedDateTime"]));
        var (severity, unknown) = MappedFields.Severity(root, integration, essentials["severity"].Text);
        var target = essentials["alertTargetIDs"][0].Text;
        return new Understood
        {
            State = isOver ? UnderstoodState.Resolved : UnderstoodState.Firing, ExternalId = ExternalIds.Fit(id), Severity = severity,
            Title = essentials["alertRule"].Text, Text = essentials["description"].Text,
            StartsAt = fired, EndsAt = isOver ? resolved : null, ReportedAt = isOver ? resolved : fired,
            Service = MappedFields.Text(root, integration.Mapping.Service) ?? AzureResource.Kind(target),
            Region = MappedFields.Text(root, integration.Mapping.Region),
            Labels = MappedFields.Labels(root, integration).Add("alertname", essentials["alertRule"].Text)
                .Add("resource", essentials["configurationItems"][0].Text ?? AzureResource.Name(target))
                .Add("resource_group", AzureResource.Group(target)).Add("subscription", AzureResource.Subscription(target))
                .Add("monitoring_service", essentials["monitoringService"].Text).Add("signal_type", essentials["signalType"].Text)
                .AddAll(root["data"]["customProperties"]).Add("severity_word", unknown).ToDictionary(),
            Annotations = target is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["target"] = target },
            Url = essentials["investigationLink"].Text,
            DeliveryKey = ExternalIds.Hash($"{id}\n{condition}\n{essentials["firedDateTime"].Text}\n{essentials["resolvedDateTime"].Text}"),
        };
    }

    static Understood ActivityLog(Understood alert, JsonValue context) => alert with
    {
        State = UnderstoodState.Info, NeverResolves = true, Text = alert.Text ?? context["operationName"].Text,
        Labels = new LabelList().AddEach(alert.Labels).Add("operation", context["operationName"].Text).Add("status", context["status"].Text)
            .ToDictionary(),
        Annotations = Annotated(alert.Annotations, ("level", context["level"].Text), ("event_source", context["eventSource"].Text),
            ("correlation_id", context["correlationId"].Text), ("event_time", context["eventTimestamp"].Text)),
    };

    static Understood Measured(Understood alert, JsonValue essentials, JsonValue context, string by)
    {
        var criterion = context["condition"]["allOf"][0];
        // A log alert's target is the workspace in which its lines lie, not what they are about.
        var isOfWorkspace = by.StartsWith("Log", StringComparison.OrdinalIgnoreCase) && Is(alert.Service, "workspaces");
        return alert with
        {
            Service = isOfWorkspace ? null : alert.Service,
            Labels = new LabelList().AddEach(alert.Labels).AddAll(context["properties"]).Add("metric", criterion["metricName"].Text)
                .Add("namespace", criterion["metricNamespace"].Text).AddPairs(criterion["dimensions"]).ToDictionary(),
            Annotations = Annotated(alert.Annotations, ("value", criterion["metricValue"].Text), ("threshold", criterion["threshold"].Text),
                ("operator", criterion["operator"].Text), ("query", criterion["searchQuery"].Text),
                ("search_results", criterion["linkToSearchResultsUI"].Text), ("configuration_items",
                    essentials["configurationItems"].Items.Count > 1 ? essentials["configurationItems"].Shown : null)),
        };
    }

    /// <summary>The annotations, and those of these that have a value.</summary>
    public static IReadOnlyDictionary<string, string> Annotated(IReadOnlyDictionary<string, string> all,
        params ReadOnlySpan<(string Name, string? Value)> more)
    {
        Dictionary<string, string> annotations = new(all);
        foreach (var (name, value) in more)
            if (value is { Length: > 0 })
                annotations[name] = value;
        return annotations;
    }

    static bool Is(string? text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);
}
