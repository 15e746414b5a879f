namespace Sigma.Notifier.Escalation;

/// <summary>A step of an alert's escalation is due. One that is not the next, or comes before its time, is a duplicate and does nothing.</summary>
internal sealed record EscalationDue
{
    public required Guid AlertId { get; init; }

    /// <summary>The policy it is of, as it was when the alert was raised.</summary>
    public required string Policy { get; init; }

    /// <summary>The step, from 0.</summary>
    public required int Step { get; init; }

    /// <summary>It was held back when it was due, and is looked at again.</summary>
    public bool WasHeld { get; init; }
}
