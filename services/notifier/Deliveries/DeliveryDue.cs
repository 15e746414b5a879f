namespace Sigma.Notifier.Deliveries;

/// <summary>Makes a channel try a delivery. One whose <see cref="Attempt"/> is behind the delivery's is a duplicate and does nothing.</summary>
internal sealed record DeliveryDue
{
    public required Guid DeliveryId { get; init; }
    public required Guid AlertId { get; init; }

    /// <summary>The integration; null in messages of before there were any, when its name was that of its type.</summary>
    public string? Channel { get; init; }

    /// <summary>Tries made when this was sent.</summary>
    public required int Attempt { get; init; }
}
