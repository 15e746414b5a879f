namespace Sigma.Notifier.Decisions;

/// <summary>What was decided about telling of an alert.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="Channel">For which integration; null for all.</param>
/// <param name="Reason">Why.</param>
internal sealed record Decision(Guid AlertId, DecisionKind Kind, string? Channel, string Reason);

/// <summary>What can be decided. Stored by its name in small letters.</summary>
internal enum DecisionKind
{
    /// <summary>Which receivers it goes to.</summary>
    Routed,

    /// <summary>It is not told yet.</summary>
    Held,

    /// <summary>What held it has ended, and it lasts still.</summary>
    Released,

    /// <summary>It was over before what held it had ended: nothing is said.</summary>
    Over,

    /// <summary>Somebody has taken it on.</summary>
    Acknowledged,

    /// <summary>Somebody wants to hear no more of it for a while.</summary>
    Snoozed,

    /// <summary>Not any more.</summary>
    Unsnoozed,

    /// <summary>Nobody took it on in time, so others are told.</summary>
    Escalated,

    /// <summary>Nobody is told in addition, though a step of its escalation was due.</summary>
    Unescalated,
}
