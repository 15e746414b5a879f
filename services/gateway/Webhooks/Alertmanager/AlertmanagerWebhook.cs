using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;
using Sigma.Gateway.Webhooks.Mapped;

namespace Sigma.Gateway.Webhooks.Alertmanager;

/// <summary>Alertmanager's webhook, versions 3 and 4, and the list of alerts that clients post to it.</summary>
internal sealed class AlertmanagerWebhook : IWebhook
{
    public string Kind => IntegrationKind.Alertmanager;

    public Reading Read(WebhookBody body, Integration integration)
    {
        var root = JsonBody.Read(body.Bytes);
        return new()
        {
            Items = GroupedAlerts.Is(root) ? GroupedAlerts.Read(root, body, integration)
                : root.IsList ? PostedAlerts.Read(root, body.ReceivedAt, PostedAlerts.UsualResolveTimeout, integration)
                : MappedAlerts.Read(root, body, integration), // since version 0.32 somebody's own template may be sent
        };
    }
}
