using System.ComponentModel.DataAnnotations;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Azure;

/// <summary>Azure Monitor's action groups: the common alert schema, and the older ones that come by the same door.</summary>
internal sealed class AzureWebhook : IWebhook
{
    const string CommonSchema = "azureMonitorCommonAlertSchema";

    public string Kind => IntegrationKind.Azure;

    public IEnumerable<ValidationResult> Faults(Integration integration) => AzureSettings.Faults(integration);

    public Reading Read(WebhookBody body, Integration integration)
    {
        var root = JsonBody.Read(body.Bytes);
        if (!root.IsObject)
            throw root.Wrong("is no object");
        var news = root["schemaId"].Text == CommonSchema || root["data"]["essentials"].IsObject
            ? CommonAlert.Read(root, integration) : OtherSchemas.Read(root, integration);
        return new()
        {
            Items = [NewsLimits.Fit(news, body.ReceivedAt)],
            Signature = AzureSettings.Of(integration) is { } settings ? (check, ct) => EntraToken.Fault(body, settings, check, ct) : null,
        };
    }
}
