namespace Sigma.Gateway.Intake;

/// <summary>Takes what comes to <c>/in/{name}</c> for a kind that no webhook reader reads, such as log lines as plain JSON.</summary>
internal interface INamedIntake
{
    /// <summary>One of <see cref="Integrations.IntegrationKind"/>.</summary>
    string Kind { get; }

    /// <summary>Keeps the delivery and answers.</summary>
    /// <exception cref="RefusedException">It is not taken.</exception>
    /// <exception cref="Webhooks.MalformedBodyException">It cannot be understood: it is kept raw, and the sender gets 400 with the place.</exception>
    Task<IResult> Take(Delivery delivery, CancellationToken ct);
}
