using Sigma.Notifier.Receivers;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Has a channel ask its vendor at once what became of a message that it took, as somebody says that there is news of it.</summary>
internal sealed class VendorQuestion(Database database, DeliveryTable deliveries, DeliveryQueue queue, ReceiverSet receivers)
{
    /// <summary>False when the delivery does not wait for an answer about this message.</summary>
    public async Task<bool> AskNow(Guid delivery, string message, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        if (await deliveries.Find(session, delivery, ct) is not { } found || receivers.Find(found.Channel) is not { } channel)
            return false;
        var pair = await deliveries.Lock(session, found.AlertId, found.Channel, found.Kind, ct);
        if (pair.Of(delivery) is not { State: DeliveryState.Pending, Accepted: { } accepted } own || accepted.Id != message)
            return false;
        await deliveries.Postpone(session, own, TimeSpan.Zero, null, ct);
        await queue.Send(session, channel, own, TimeSpan.Zero, ct);
        await queue.Commit(session, ct);
        return true;
    }
}
