using System.ComponentModel.DataAnnotations;
using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Webhooks;

/// <summary>One vendor's webhook: reads its bodies. It keeps nothing and calls nobody.</summary>
internal interface IWebhook
{
    /// <summary>One of <see cref="IntegrationKind.Webhooks"/>.</summary>
    string Kind { get; }

    /// <summary>What is wrong with what an integration sets for it: looked at before it is in force.</summary>
    IEnumerable<ValidationResult> Faults(Integration integration) => [];

    /// <summary>What a body says.</summary>
    /// <exception cref="MalformedBodyException">It cannot be understood: the sender gets 400 with the place.</exception>
    Reading Read(WebhookBody body, Integration integration);
}
