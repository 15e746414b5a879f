using MassTransit;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Gateway.Publishing;

/// <summary>The broker did not take a message.</summary>
internal sealed class BrokerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Publishes and returns once the broker has the message and a queue for it. On the transport within the process a message is a row of the outbox
/// until it is consumed: else it would end with the process.
/// </summary>
internal sealed class ConfirmedPublisher(IBus bus, OutboxOwner outbox, OutboxSender sender, Database database)
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    /// <exception cref="BrokerUnavailableException">It is not with the broker, or nobody listens.</exception>
    public async Task Publish<T>(T message, Guid id, CancellationToken ct) where T : class
    {
        // A publish hangs while the broker is away, and the client may not look at the token: so both.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            await (outbox.KeepUntilConsumed ? Store(message, id, limit.Token) : Send(message, id, limit.Token)).WaitAsync(limit.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            throw new BrokerUnavailableException(
                IsReturned(e) ? $"no queue takes {typeof(T).Name} yet"
                : limit.IsCancellationRequested ? $"the broker did not confirm a message within {Limit.TotalSeconds:0} s" : e.Message, e);
        }
    }

    Task Send<T>(T message, Guid id, CancellationToken ct) where T : class => bus.Publish(message, context =>
    {
        context.MessageId = id;
        // Without a bound queue the broker would drop it and say that all is well.
        if (context.TryGetPayload<RabbitMqSendContext>(out var send))
            send.Mandatory = true;
    }, ct);

    async Task Store<T>(T message, Guid id, CancellationToken ct) where T : class
    {
        await using var session = await database.Begin(ct);
        await sender.Publish(session, message, id, ct);
        await sender.Commit(session, ct);
    }

    static bool IsReturned(Exception e) =>
        e is MessageReturnedException or RabbitMQ.Client.Exceptions.PublishException { IsReturn: true }
            || (e.InnerException is { } inner && IsReturned(inner));
}
