using MassTransit;

namespace Sigma.Notifier.Deliveries;

/// <summary>Makes a channel send the next delivery in its recipient's queue. A duplicate finds no free slot or an empty queue.</summary>
[EntityName("Sigma.Notifier.Deliveries:TurnDue")]
[MessageUrn("Sigma.Notifier.Deliveries:TurnDue")]
internal sealed record RecipientSlotDue
{
    /// <summary>When it was due, as stored in <c>wake_at</c>.</summary>
    public required long At { get; init; }

    /// <summary>The integration; null in messages of before there were any, when its name was that of its type.</summary>
    public string? Channel { get; init; }
}
