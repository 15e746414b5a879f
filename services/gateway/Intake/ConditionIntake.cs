using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Intake;

/// <summary>
/// Keeps what a body said: the raw body, what was understood, the keys by which a repetition is known, and the news' outbox rows, in one transaction.
/// </summary>
internal sealed class ConditionIntake
{
    /// <summary>Keeps it. Returns once it is kept; the same delivery again changes nothing.</summary>
    /// <exception cref="RefusedException">It cannot be kept now.</exception>
    public Task Keep(Delivery delivery, Reading reading, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Keeps a body that was not understood, with the reason.</summary>
    public Task KeepMalformed(Delivery delivery, string place, string reason, CancellationToken ct) => throw new NotImplementedException();
}
