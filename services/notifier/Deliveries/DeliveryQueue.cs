using Sigma.Notifier.Channels;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Notifier.Deliveries;

/// <summary>The queue of each channel.</summary>
internal sealed class DeliveryQueue(OutboxSender outbox)
{
    public Task Send(DbSession session, Guid delivery, Guid alert, string channel, int attempt, TimeSpan delay, CancellationToken ct) =>
        // "exchange:", for "queue:" would declare a queue of the wrong type beside the endpoint's own
        outbox.Send(session, new Uri("exchange:" + NotifierQueues.OfChannel(channel)),
            new DeliveryDue { DeliveryId = delivery, AlertId = alert, Attempt = attempt }, alert, delay, ct);

    public Task Send(DbSession session, Delivery delivery, int attempt, TimeSpan delay, CancellationToken ct) =>
        Send(session, delivery.Id, delivery.AlertId, delivery.Channel, attempt, delay, ct);

    public Task SendSlotDue(DbSession session, IChannel channel, long at, TimeSpan delay, CancellationToken ct) =>
        outbox.Send(session, new Uri("exchange:" + NotifierQueues.OfChannel(channel.Name)), new RecipientSlotDue { At = at },
            RecipientTable.KeyOf(channel), delay, ct);

    public Task Commit(DbSession session, CancellationToken ct) => outbox.Commit(session, ct);
}
