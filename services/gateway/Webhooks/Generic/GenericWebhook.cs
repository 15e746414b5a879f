using System.ComponentModel.DataAnnotations;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;
using Sigma.Gateway.Webhooks.Mapped;

namespace Sigma.Gateway.Webhooks.Generic;

/// <summary>Any JSON, by the integration's mapping or the usual names.</summary>
internal sealed class GenericWebhook : IWebhook
{
    public string Kind => IntegrationKind.Generic;

    public IEnumerable<ValidationResult> Faults(Integration integration) => MappingFaults.Of(integration.Mapping);

    public Reading Read(WebhookBody body, Integration integration) =>
        new() { Items = MappedAlerts.Read(JsonBody.Read(body.Bytes), body, integration) };
}
