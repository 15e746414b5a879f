using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>A list of alerts with status, labels, annotations and times, as Alertmanager groups them, and others after it.</summary>
internal static class GroupedAlerts
{
    /// <summary>Whether a body is such a group; else it is of a template of somebody's own.</summary>
    public static bool Is(JsonValue root) => root["alerts"].IsList;

    /// <summary>The alerts; what a vendor has besides is added by <paramref name="refine"/>.</summary>
    /// <exception cref="MalformedBodyException">One is none.</exception>
    public static IReadOnlyList<Understood> Read(JsonValue root, WebhookBody body, Integration integration,
        Func<JsonValue, Understood, Understood>? refine = null)
    {
        var left = root["truncatedAlerts"].Whole ?? 0;
        return [.. root["alerts"].Items.Select(alert =>
        {
            var one = One(alert, integration);
            one = refine?.Invoke(alert, one) ?? one;
            if (left > 0)
                one = one with { Annotations = With(one.Annotations, "truncated_alerts", $"{left} alerts of the group are not in its message") };
            return NewsLimits.Fit(one, body.ReceivedAt);
        })];
    }

    /// <summary>The same annotations and one more, if it says something.</summary>
    public static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> annotations, string name, string? value) =>
        value is null ? annotations : new Dictionary<string, string>(annotations, StringComparer.OrdinalIgnoreCase) { [name] = value };

    static Understood One(JsonValue alert, Integration integration)
    {
        if (!alert["labels"].IsObject)
            throw alert["labels"].Wrong("is missing: the alert's labels");
        // Of the group's own status nothing follows: it is firing while any of its alerts is.
        var state = alert["status"].Text?.ToUpperInvariant() switch
        {
            "FIRING" => UnderstoodState.Firing,
            "RESOLVED" => UnderstoodState.Resolved,
            _ => throw alert["status"].Wrong("is neither firing nor resolved"),
        };
        var (starts, ends) = (SourceTime.Require(alert["startsAt"]), SourceTime.Require(alert["endsAt"]));
        return new Understood
        {
            State = state, ExternalId = alert["fingerprint"].Text ?? ExternalIds.OfLabels(alert["labels"]),
            StartsAt = starts, EndsAt = state == UnderstoodState.Resolved ? ends : null,
            ReportedAt = state == UnderstoodState.Resolved ? ends : starts,
        }.Described(alert, integration);
    }

    /// <summary>What labels and annotations say of an alert.</summary>
    public static Understood Described(this Understood news, JsonValue alert, Integration integration)
    {
        var labels = alert["labels"];
        var (severity, unknown) = MappedFields.Severity(alert, integration, labels["severity"].Text);
        var all = MappedFields.Labels(alert, integration).AddAll(labels);
        if (unknown != labels["severity"].Text)
            all.Add("severity_word", unknown);
        Dictionary<string, string> annotations = new(StringComparer.OrdinalIgnoreCase);
        foreach (var annotation in alert["annotations"].Fields.Where(one => one.Text is not null && LabelNames.Of(one.Name) is not null))
            annotations.TryAdd(annotation.Name, annotation.Text!);
        return news with
        {
            Severity = severity,
            Title = alert.FirstText("annotations.summary", "annotations.title", "annotations.description", "annotations.message", "labels.alertname"),
            Text = alert.FirstText("annotations.description", "annotations.message"),
            Service = MappedFields.Text(alert, integration.Mapping.Service) ?? labels["service"].Text,
            Region = MappedFields.Text(alert, integration.Mapping.Region) ?? labels["region"].Text,
            Url = alert["generatorURL"].Text, Labels = all.ToDictionary(), Annotations = annotations, LabelsIdentify = true,
        };
    }
}
