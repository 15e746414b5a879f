using System.ComponentModel.DataAnnotations;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;
using Sigma.Gateway.Webhooks.Mapped;

namespace Sigma.Gateway.Webhooks.StandardWebhooks;

/// <summary>
/// JSON of any shape that is signed by the Standard Webhooks specification, or by Svix, which has other names for the same headers.
/// </summary>
internal sealed class StandardWebhook : IWebhook
{
    public string Kind => IntegrationKind.StandardWebhook;

    public IEnumerable<ValidationResult> Faults(Integration integration)
    {
        if (integration.Secret is null)
            yield return new("is missing: it is whsec_ and a key of 24 to 64 bytes in base64", ["Secret"]);
        else if (StandardSignature.KeyOf(integration.Secret) is null)
            yield return new("is not whsec_ and a key of 24 to 64 bytes in base64", ["Secret"]);
        foreach (var fault in MappingFaults.Of(integration.Mapping))
            yield return fault;
    }

    public Reading Read(WebhookBody body, Integration integration)
    {
        if (StandardSignature.Fault(body, integration.Secret) is { } fault)
            return SignedBody.Refuse(fault);
        return new() { Items = MappedAlerts.Read(JsonBody.Read(body.Bytes), body, integration, StandardSignature.IdOf(body)) };
    }
}
