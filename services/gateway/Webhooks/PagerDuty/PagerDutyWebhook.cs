using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.PagerDuty;

/// <summary>PagerDuty's Events API version 2, as its clients speak it.</summary>
internal sealed class PagerDutyWebhook : IWebhook
{
    const int LongestDedupKey = 255;

    public string Kind => IntegrationKind.Pagerduty;

    public Reading Read(WebhookBody body, Integration integration)
    {
        var root = JsonBody.Read(body.Bytes);
        if (!root.IsObject)
            throw root.Wrong("is no event");
        var state = root["event_action"].Text?.ToUpperInvariant() switch
        {
            "TRIGGER" => UnderstoodState.Firing,
            "ACKNOWLEDGE" => UnderstoodState.Acknowledged,
            "RESOLVE" => UnderstoodState.Resolved,
            _ => throw root["event_action"].Wrong("is none of trigger, acknowledge and resolve"),
        };
        // Who names none gets one, by which the end is told. It follows from the body: the same event sent again is the same alert.
        var key = state == UnderstoodState.Firing ? root["dedup_key"].Text ?? ExternalIds.Hash(body.Bytes.Span)
            : root["dedup_key"].Needed("the key of the alert that it is of");
        if (key.Length > LongestDedupKey)
            throw root["dedup_key"].Wrong($"is longer than {LongestDedupKey} characters");
        // The routing key is a secret, and what it keeps apart is kept apart by its hash.
        var id = ExternalIds.Of(key, root["routing_key"].Text is { } routing ? ExternalIds.Hash(routing)[..8] : null);
        var news = state == UnderstoodState.Firing ? Trigger(root, id, integration)
            : new Understood { State = state, ExternalId = id, OnlyIfOpen = true };
        return new()
        {
            Items = [NewsLimits.Fit(news, body.ReceivedAt)], Status = StatusCodes.Status202Accepted,
            Answer = new PagerDutyAnswer("success", "Event processed", key),
        };
    }

    static Understood Trigger(JsonValue root, string id, Integration integration)
    {
        var payload = root["payload"];
        if (!payload.IsObject)
            throw payload.Wrong("is missing: what a trigger says");
        var (severity, unknown) = MappedFields.Severity(root, integration, payload["severity"].Text);
        // In which order they come decides, as at PagerDuty's: so the time is when it started, and not when it was said.
        return new Understood
        {
            State = UnderstoodState.Firing, ExternalId = id, Severity = severity,
            Title = payload["summary"].Needed("a summary of what is wrong"), StartsAt = SourceTime.Read(payload["timestamp"]),
            Service = MappedFields.Text(root, integration.Mapping.Service) ?? payload["component"].Text,
            Region = MappedFields.Text(root, integration.Mapping.Region) ?? payload["custom_details"]["region"].Text,
            Url = root.FirstText("links.0.href", "client_url"),
            Labels = MappedFields.Labels(root, integration).Add("source", payload["source"].Text).Add("component", payload["component"].Text)
                .Add("group", payload["group"].Text).Add("class", payload["class"].Text).Add("severity_word", unknown).ToDictionary(),
            Annotations = Annotations(root),
        };
    }

    static Dictionary<string, string> Annotations(JsonValue root)
    {
        Dictionary<string, string> annotations = new(StringComparer.OrdinalIgnoreCase);
        foreach (var detail in root["payload"]["custom_details"].Fields)
            if (detail.Shown is { } value)
                annotations.TryAdd(detail.Name.Length > 0 ? detail.Name : "detail", value);
        foreach (var name in new[] { "client", "client_url" })
            if (root[name].Text is { } value)
                annotations.TryAdd(name, value);
        if (root["payload"]["custom_details"].Text is { } text)
            annotations.TryAdd("custom_details", text);
        return annotations;
    }
}

/// <summary>What PagerDuty answers an event that it takes.</summary>
internal sealed record PagerDutyAnswer(string Status, string Message,
    [property: System.Text.Json.Serialization.JsonPropertyName("dedup_key")] string DedupKey);
