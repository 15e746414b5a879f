using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.Queries;

/// <summary>How far a delivery is, as a query reads it. Times as stored.</summary>
public abstract class DeliveryOutcome
{

    /// <summary>Identity of the alert.</summary>
    public Guid AlertId { get; init; }

    /// <summary>One of <see cref="DeliveryKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Its channel.</summary>
    public string Channel { get; init; } = "";

    /// <summary>How far it is.</summary>
    public DeliveryState State { get; init; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it failed last, or was left out.</summary>
    public string? Reason { get; init; }

    /// <summary>When it is tried next.</summary>
    public long DueAt { get; init; }

    /// <summary>When it was decided on.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When it was sent, failed or left out.</summary>
    public long? SettledAt { get; init; }
}
