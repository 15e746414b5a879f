using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Gcp;

/// <summary>Google Cloud Monitoring's incidents, versions 1.1 and 1.2.</summary>
internal sealed class GcpWebhook : IWebhook
{
    public string Kind => IntegrationKind.Gcp;

    public Reading Read(WebhookBody body, Integration integration)
    {
        var root = JsonBody.Read(body.Bytes);
        var incident = root["incident"];
        if (!incident.IsObject)
            throw incident.Wrong("is missing: the incident");
        return new() { Items = [NewsLimits.Fit(Incident(root, incident, integration), body.ReceivedAt)] };
    }

    static Understood Incident(JsonValue root, JsonValue incident, Integration integration)
    {
        var id = incident["incident_id"].Needed("the incident's id");
        var isOver = incident["state"].Text?.ToUpperInvariant() switch
        {
            "OPEN" => false,
            "CLOSED" => true,
            _ => throw incident["state"].Wrong("is neither open nor closed"),
        };
        var (starts, ends) = (SourceTime.Seconds(incident["started_at"]), SourceTime.Seconds(incident["ended_at"]));
        var (severity, unknown) = Severity(incident, integration);
        return new Understood
        {
            State = IsTest(root, incident) ? UnderstoodState.Test : isOver ? UnderstoodState.Resolved : UnderstoodState.Firing,
            ExternalId = id, Severity = severity,
            Title = incident.FirstText("summary", "condition_name", "policy_name"),
            Text = incident["documentation"].IsObject ? incident["documentation"]["content"].Text : incident["documentation"].Text,
            StartsAt = starts, EndsAt = isOver ? ends : null, ReportedAt = isOver ? ends : starts,
            Service = MappedFields.Text(incident, integration.Mapping.Service) ?? Service(incident),
            Region = MappedFields.Text(incident, integration.Mapping.Region)
                ?? incident["resource"]["labels"].FirstText("region", "location", "zone"),
            Url = incident["url"].Text, Labels = Labels(incident, integration).Add("severity_word", unknown).ToDictionary(),
            Annotations = Annotations(incident),
            DeliveryKey = $"{id}/{(isOver ? "closed" : "open")}",
        };
    }

    // The test button's incident has a fixed id and no policy.
    static bool IsTest(JsonValue root, JsonValue incident) => root["version"].Text == "test"
        || incident.FirstText("policy_name", "condition_name") is null && !incident["condition"].IsThere;

    static (string?, string?) Severity(JsonValue incident, Integration integration)
    {
        var word = incident["severity"].Text;
        if (word is null || word.Equals("No severity", StringComparison.OrdinalIgnoreCase))
            word = incident["policy_user_labels"].FirstText("severity", "priority");
        return MappedFields.Severity(incident, integration, word);
    }

    // The name of a resource may be a description of it: "… labels {project_id=…}".
    static string? Service(JsonValue incident) =>
        incident.FirstText("policy_user_labels.service", "metadata.user_labels.service", "resource.labels.service_name",
            "resource.labels.service", "resource_display_name")
        ?? (incident["resource_name"].Text is { } name && !name.Contains('{', StringComparison.Ordinal) ? name : null);

    static LabelList Labels(JsonValue incident, Integration integration) => MappedFields.Labels(incident, integration)
        .Add("project", incident.FirstText("scoping_project_id", "resource.labels.project_id"))
        .Add("alertname", incident["policy_name"].Text)
        .Add("condition", incident["condition_name"].Text)
        .Add("resource_type", incident["resource"]["type"].Text)
        .Add("resource_id", incident["resource_id"].Text)
        .Add("metric", incident["metric"]["type"].Text)
        .AddAll(incident["policy_user_labels"])
        .AddAll(incident["resource"]["labels"])
        .AddAll(incident["metric"]["labels"])
        .AddAll(incident["metadata"]["user_labels"]);

    static Dictionary<string, string> Annotations(JsonValue incident)
    {
        Dictionary<string, string> annotations = [];
        foreach (var name in new[] { "observed_value", "threshold_value", "resource_name", "resource_type_display_name" })
            if (incident[name].Text is { } value)
                annotations.Add(name, value);
        return annotations;
    }
}
