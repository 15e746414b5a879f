namespace Sigma.Notifier.Deliveries;

/// <summary>Has a channel look who waits in line for its recipient's turn. One that comes twice finds no turn or nobody waiting.</summary>
internal sealed record TurnDue
{
    /// <summary>When it was to come, as stored in <c>wake_at</c>.</summary>
    public required long At { get; init; }
}
