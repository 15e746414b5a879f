using Sigma.Notifier.Alerts;

namespace Sigma.Notifier.Deliveries;

/// <summary>What a delivery is to say on its channel.</summary>
internal sealed record DeliveryContent(Guid DeliveryId, ContentKind Kind, Episode Episode)
{
    /// <summary>The vendor's name for the message that it has taken already: what became of it is asked, and nothing is sent.</summary>
    public string? Accepted { get; init; }

    /// <summary>Of an end: the vendor's name for the message that told of the alert, if it said one.</summary>
    public string? RaiseReceipt { get; init; }

    public static DeliveryContent? Of(Delivery own, Episode? episode) => episode is null ? null
        : new(own.Id, KindOf(own, episode), episode);

    /// <summary>What a delivery tells of its alert as it is now.</summary>
    public static ContentKind KindOf(Delivery own, Episode episode) => own.Kind switch
    {
        DeliveryKind.Cleared => ContentKind.Cleared,
        DeliveryKind.Acknowledged => ContentKind.Acknowledged,
        _ => episode.ClearedAt is null ? ContentKind.Raised : ContentKind.RaisedAndCleared,
    };
}

/// <summary>What a delivery tells.</summary>
internal enum ContentKind
{
    /// <summary>The alert.</summary>
    Raised,

    /// <summary>Its end.</summary>
    Cleared,

    /// <summary>Both in one: it ended before it could be delivered.</summary>
    RaisedAndCleared,

    /// <summary>That somebody has taken it on, on channels that say so.</summary>
    Acknowledged,
}

/// <summary>The API accepted it.</summary>
/// <param name="Id">The API's id of the accepted message, if it returned one.</param>
internal sealed record Receipt(string? Id);
