using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Events;

/// <summary>Reads a change as PagerDuty's <c>/v2/change/enqueue</c> takes it: a deployment, say.</summary>
internal static class ChangeEvent
{
    /// <exception cref="MalformedBodyException">It is none.</exception>
    public static Reading Read(WebhookBody body, Integration integration)
    {
        var root = JsonBody.Read(body.Bytes);
        var payload = root["payload"];
        if (!payload.IsObject)
            throw payload.Wrong("is missing: what a change says");
        Dictionary<string, string> annotations = new(StringComparer.OrdinalIgnoreCase);
        foreach (var detail in payload["custom_details"].Fields)
            if (detail.Shown is { } value)
                annotations.TryAdd(detail.Name.Length > 0 ? detail.Name : "detail", value);
        return new()
        {
            Items = [NewsLimits.Fit(new Understood
            {
                // Nothing else follows from it, so its identity is all of it.
                State = UnderstoodState.Info, ExternalId = ExternalIds.Of("change", ExternalIds.Hash(body.Bytes.Span)), Severity = "info",
                Title = payload["summary"].Needed("a summary of what was changed"), StartsAt = SourceTime.Read(payload["timestamp"]),
                Labels = new LabelList().Add("source", payload["source"].Text).ToDictionary(), Annotations = annotations,
                Url = root.FirstText("links.0.href"),
            }, body.ReceivedAt)],
            Status = StatusCodes.Status202Accepted, Answer = new { status = "success", message = "Change event processed" },
        };
    }
}
