using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Mapped;

/// <summary>
/// Reads JSON of no known shape: by the integration's mapping, and where that says nothing by the usual names. What has no state is an event without
/// an
/// end.
/// </summary>
internal static class MappedAlerts
{
    /// <param name="root">The body.</param>
    /// <param name="body">As it was received.</param>
    /// <param name="integration">With the mapping.</param>
    /// <param name="delivery">The sender's name for this delivery; null when it has none.</param>
    /// <exception cref="MalformedBodyException">It is nothing that could be an alert.</exception>
    public static IReadOnlyList<Understood> Read(JsonValue root, WebhookBody body, Integration integration, string? delivery = null)
    {
        var alerts = AlertsOf(root, integration.Mapping);
        return [.. alerts.Select((alert, index) =>
            NewsLimits.Fit(One(alert, integration, delivery is not null && alerts.Count > 1 ? $"{delivery}/{index}" : delivery), body.ReceivedAt))];
    }

    static IReadOnlyList<JsonValue> AlertsOf(JsonValue root, MappingOptions mapping)
    {
        if (mapping.Items is null)
            return root.IsList ? root.Items : root.IsObject ? [root] : throw root.Wrong("is neither an object nor a list of them");
        var items = MappedFields.Find(root, mapping.Items)
            ?? throw root.At(MappedFields.Words(mapping.Items)[0]).Wrong("is missing: the list of alerts");
        return items.IsList ? items.Items : [items];
    }

    static Understood One(JsonValue alert, Integration integration, string? delivery)
    {
        if (!alert.IsObject)
            throw alert.Wrong("is not an object");
        var mapping = integration.Mapping;
        MappedAlert read = new(alert, mapping);
        var state = read.State();
        var labels = MappedFields.Labels(alert, integration);
        foreach (var name in UsualNames.Labels)
            foreach (var holder in read.Holders)
                labels.AddAll(holder[name]).AddPairs(holder[name]);
        var (severity, unknown) = read.Severity(integration);
        labels.Add("severity_word", unknown);
        var title = read.Text(mapping.Title, UsualNames.Title);
        var text = read.Text(mapping.Text, UsualNames.Text);
        var changed = read.Time(null, UsualNames.ChangedAt);
        var starts = read.Time(mapping.StartsAt, UsualNames.StartsAt);
        var ends = read.Time(mapping.EndsAt, UsualNames.EndsAt);
        var isOver = state == UnderstoodState.Resolved;
        return new Understood
        {
            State = state, ExternalId = IdOf(read, mapping, alert, labels.ToDictionary(), state, title, delivery),
            Severity = severity, Title = title, Text = text == title ? null : text,
            StartsAt = starts ?? (isOver ? null : changed), EndsAt = isOver ? ends ?? changed : null,
            ReportedAt = changed ?? (isOver ? ends : starts),
            Service = read.Text(mapping.Service, UsualNames.Service), Region = read.Text(mapping.Region, UsualNames.Region),
            Labels = labels.ToDictionary(), Url = read.Text(mapping.Url, UsualNames.Url),
            NeverResolves = state == UnderstoodState.Info, DeliveryKey = delivery,
        };
    }

    // Never over times, nor over what describes it: only what it is.
    static string IdOf(MappedAlert read, MappingOptions mapping, JsonValue alert, IReadOnlyDictionary<string, string> labels, UnderstoodState state,
        string? title, string? delivery)
    {
        if (read.Text(mapping.Id, UsualNames.Id) is { } id)
            return ExternalIds.Fit(id);
        if (mapping.Id is not null)
            throw alert.At(MappedFields.Words(mapping.Id)[0]).Wrong("is missing: the alert's id");
        if (state is UnderstoodState.Info or UnderstoodState.Test)
            return delivery is not null ? ExternalIds.Fit(delivery) : ExternalIds.Hash(alert.Shown ?? "");
        if (title is null && labels.Count == 0)
            throw alert.Wrong("has no id, no title and no labels: nothing would link its end to its start");
        return ExternalIds.OfLabels([.. labels, KeyValuePair.Create("\u0001", title ?? "")]);
    }
}
