using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Receivers;
using Sigma.Storage;

namespace Sigma.Notifier.Channels;

/// <summary>A way to tell of alerts, as an integration sets it up. A new type is a folder and a line in <see cref="ChannelTypes"/>.</summary>
internal interface IChannel
{
    /// <summary>The integration it is of.</summary>
    Integration Integration { get; }

    /// <summary>The integration's name: in the deliveries and the metrics.</summary>
    string Name => Integration.Name;

    /// <summary>The queue its deliveries are in, with those of all integrations of its type.</summary>
    string Queue => Integration.Type.Queue;

    /// <summary>Its settings.</summary>
    ChannelOptions Options => Integration.Settings;

    /// <summary>The longest a <see cref="Send"/> takes.</summary>
    TimeSpan CallLimit { get; }

    /// <summary>Whom it tells: another recipient begins with turns of its own. Kept only as a hash.</summary>
    string Recipient => "";

    /// <summary>Why an alert of these labels cannot be told there; null when one can.</summary>
    string? Obstacle(string source, IReadOnlyDictionary<string, string> labels) => null;

    /// <summary>Why no drill can be delivered there; null when one can.</summary>
    string? DrillObstacle => null;

    /// <summary>Asks the vendor whether what is set would do, and tells nobody anything.</summary>
    /// <returns>What was seen; null where there is nothing to ask.</returns>
    Task<string?> CheckVendor(CancellationToken ct) => Task.FromResult<string?>(null);

    /// <summary>Says it. Any exception is a failure; <see cref="DeliveryFailure"/> knows what it means.</summary>
    Task<Receipt> Send(DeliveryContent content, CancellationToken ct);

    /// <summary>
    /// Makes one message of many alerts, or of as many of the first as fit. Takes no longer than <see cref="CallLimit"/> leaves for the call.
    /// </summary>
    Task<Digest> Compose(IReadOnlyList<DeliveryContent> contents, CancellationToken ct);

    /// <summary>Writes down that a delivery was sent or has failed for good, in the transaction that settles it.</summary>
    Task Record(DbSession session, DeliveryContent content, DeliveryResult deliveryResult, CancellationToken ct) => Task.CompletedTask;
}
