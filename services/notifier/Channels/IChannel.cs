using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.Channels;

/// <summary>A way to tell of alerts. A new one is a folder of its own and a line in <see cref="NotifierService"/>.</summary>
internal interface IChannel
{
    /// <summary>In the queue's name, the deliveries and the metrics.</summary>
    string Name { get; }

    /// <summary>Its settings.</summary>
    ChannelOptions Options { get; }

    /// <summary>The longest a <see cref="Send"/> takes.</summary>
    TimeSpan CallLimit { get; }

    /// <summary>Whom it tells: those who share a recipient share its turns. Kept only as a hash.</summary>
    string Recipient => "";

    /// <summary>Why no drill can be delivered there; null when one can.</summary>
    string? DrillObstacle => null;

    /// <summary>Says it. Any exception is a failure; <see cref="DeliveryFailure"/> knows what it means.</summary>
    Task<Receipt> Send(DeliveryContent content, CancellationToken ct);

    /// <summary>
    /// Makes one message of many alerts, or of as many of the first as fit. Takes no longer than <see cref="CallLimit"/> leaves for the call.
    /// </summary>
    Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct);

    /// <summary>Writes down that a delivery was sent or has failed for good, in the transaction that settles it.</summary>
    Task Record(DbSession session, DeliveryContent content, DeliveryResult deliveryResult, CancellationToken ct) => Task.CompletedTask;
}
