using Sigma.Notifier.Registers;

namespace Sigma.Notifier.Deliveries;

/// <summary>What a channel is to say.</summary>
internal sealed record DeliveryContent(Guid DeliveryId, Said Says, Episode Episode)
{
    public static DeliveryContent? Of(Delivery own, Episode? episode) => episode is null ? null
        : new(own.Id, own.Kind == DeliveryKind.Cleared ? Said.Cleared : episode.ClearedAt is null ? Said.Raised : Said.RaisedAndCleared, episode);
}

/// <summary>What a delivery tells.</summary>
internal enum Said
{
    /// <summary>The alert.</summary>
    Raised,

    /// <summary>Its end.</summary>
    Cleared,

    /// <summary>Both in one: it ended before it could be told.</summary>
    RaisedAndCleared,
}

/// <summary>The API took it.</summary>
/// <param name="Id">Its name for what it took, if it told one.</param>
internal sealed record Receipt(string? Id);
