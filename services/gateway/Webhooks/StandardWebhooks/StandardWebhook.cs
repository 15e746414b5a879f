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
    const string Wanted = "whsec_ and a key of 24 to 64 bytes in base64, or whpk_ and the sender's public key of Ed25519";

    public string Kind => IntegrationKind.StandardWebhook;

    public IEnumerable<ValidationResult> Faults(Integration integration)
    {
        if (integration.Secret is null)
            yield return new($"is missing: it is {Wanted}", ["Secret"]);
        else if (StandardKey.Parse(integration.Secret) is null)
            yield return new($"is not {Wanted}", ["Secret"]);
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
