using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Grafana;

/// <summary>An alert of Grafana before version 9: one rule, one state, no times.</summary>
internal static class LegacyAlert
{
    public static bool Is(JsonValue root) => root["ruleId"].IsThere && root["state"].IsThere;

    /// <exception cref="MalformedBodyException">Its state or its rule is none.</exception>
    public static Understood Read(JsonValue root, WebhookBody body, Integration integration)
    {
        var rule = root["ruleId"].Needed("the rule's id");
        var labels = MappedFields.Labels(root, integration).AddAll(root["tags"]).Add("alertname", root["ruleName"].Text);
        var (severity, unknown) = MappedFields.Severity(root, integration, root["tags"]["severity"].Text);
        if (unknown != root["tags"]["severity"].Text)
            labels.Add("severity_word", unknown);
        return NewsLimits.Fit(new Understood
        {
            State = root["state"].Text?.ToUpperInvariant() switch
            {
                "ALERTING" => UnderstoodState.Firing,
                "OK" => UnderstoodState.Resolved,
                "NO_DATA" or "PAUSED" or "PENDING" => UnderstoodState.NoData,
                _ => throw root["state"].Wrong("is none of alerting, ok, no_data, paused and pending"),
            },
            // Rules are counted anew in each organization.
            ExternalId = ExternalIds.Of("legacy", root["orgId"].Text, rule),
            Severity = severity, Title = root.FirstText("title", "ruleName"), Text = root["message"].Text,
            Service = MappedFields.Text(root, integration.Mapping.Service) ?? root["tags"]["service"].Text,
            Region = MappedFields.Text(root, integration.Mapping.Region) ?? root["tags"]["region"].Text,
            Url = root["ruleUrl"].Text, Labels = labels.ToDictionary(), Annotations = Annotations(root),
        }, body.ReceivedAt);
    }

    static Dictionary<string, string> Annotations(JsonValue root)
    {
        Dictionary<string, string> annotations = [];
        if (root["evalMatches"].Shown is { } matches)
            annotations.Add("eval_matches", matches);
        if (root["imageUrl"].Text is { } image)
            annotations.Add("image_url", image);
        return annotations;
    }
}
