using Sigma.Notifier.Channels;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Notifier.Deliveries;

/// <summary>The queues of the channels: one for each type.</summary>
internal sealed class DeliveryQueue(OutboxSender outbox)
{
    static readonly TimeSpan ForAnother = TimeSpan.FromSeconds(5);

    public Task Send(DbSession session, IChannel channel, Guid delivery, Guid alert, int attempt, TimeSpan delay, CancellationToken ct) =>
        outbox.Send(session, AddressOf(channel.Queue),
            new DeliveryDue { DeliveryId = delivery, AlertId = alert, Channel = channel.Name, Attempt = attempt }, alert, delay, ct);

    public Task Send(DbSession session, IChannel channel, Delivery delivery, TimeSpan delay, CancellationToken ct) =>
        Send(session, channel, delivery.Id, delivery.AlertId, delivery.Attempts, delay, ct);

    public Task SendSlotDue(DbSession session, IChannel channel, long at, TimeSpan delay, CancellationToken ct) =>
        outbox.Send(session, AddressOf(channel.Queue), new RecipientSlotDue { At = at, Channel = channel.Name }, RecipientTable.KeyOf(channel),
            delay, ct);

    /// <summary>The same message, for another notifier to take.</summary>
    public Task SendOn<T>(DbSession session, ChannelType type, T message, Guid correlation, CancellationToken ct) where T : class =>
        outbox.Send(session, AddressOf(type.Queue), message, correlation, ForAnother, ct);

    public Task Commit(DbSession session, CancellationToken ct) => outbox.Commit(session, ct);

    // "exchange:", for "queue:" would declare a queue of the wrong type beside the endpoint's own
    static Uri AddressOf(string queue) => new("exchange:" + queue);
}
