using System.ComponentModel.DataAnnotations;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;
using Sigma.Gateway.Webhooks.Mapped;

namespace Sigma.Gateway.Webhooks.Oci;

/// <summary>Oracle Cloud's notifications: the handshake of a subscription, alarms, and whatever else a topic sends.</summary>
internal sealed class OciWebhook : IWebhook
{
    public string Kind => IntegrationKind.Oci;

    public IEnumerable<ValidationResult> Faults(Integration integration) => OciHandshake.Faults(integration);

    public Reading Read(WebhookBody body, Integration integration)
    {
        if (OciHandshake.Is(body))
            return OciHandshake.Read(body, integration);
        var root = JsonBody.Read(body.Bytes);
        // A topic may put the text into a message of its own.
        if (!IsAlarm(root) && root.FirstText("message", "Message", "body") is { } text && JsonBody.TryRead(text) is { } inner && IsAlarm(inner))
            root = inner;
        return new()
        {
            Items = IsAlarm(root) ? [NewsLimits.Fit(OciAlarm.Read(root, integration), body.ReceivedAt)]
                : MappedAlerts.Read(root, body, integration, body.Header("X-OCI-NS-MessageId")),
        };
    }

    static bool IsAlarm(JsonValue root) => root["dedupeKey"].IsThere && root["type"].IsThere; // documents spell it dedupekey: found without case
}
