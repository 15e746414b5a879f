using MassTransit;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;

namespace Sigma.Storage.Outbox;

/// <summary>
/// What a consumer publishes or sends becomes a row in its own transaction; the relay delivers it. There is no inbox:
/// every consumer here leaves the same state when a message comes twice.
/// </summary>
internal sealed class TransactionalContext<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IServiceProvider provider, DbSession session,
    OutboxTable outbox)
    : OutboxConsumeContextProxy<T>(context, options, provider) where T : class
{
    public bool HasSent { get; private set; }
    public override bool ContinueProcessing { get; set; }
    public override bool IsMessageConsumed => false;
    public override bool IsOutboxDelivered => true;
    public override int ReceiveCount => 0;
    public override long? LastSequenceNumber => null;
    public override Task SetConsumed() => Task.CompletedTask;
    public override Task SetDelivered() => Task.CompletedTask;
    public override Task<List<OutboxMessageContext>> LoadOutboxMessages() => Task.FromResult(new List<OutboxMessageContext>());
    public override Task NotifyOutboxMessageDelivered(OutboxMessageContext message) => Task.CompletedTask;
    public override Task RemoveOutboxMessages() => Task.CompletedTask;

    public override Task AddSend<TMessage>(SendContext<TMessage> send)
    {
        HasSent = true;
        return outbox.Add(session, send, SerializerContext, CancellationToken);
    }
}

/// <summary>Begins the transaction of a message before its consumer and commits it after.</summary>
internal sealed class TransactionalContextFactory(DbSession session, IServiceProvider provider, OutboxTable outbox, RelaySignal signal)
    : IOutboxContextFactory<DbSession>
{
    public async Task Send<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next) where T : class
    {
        await session.Begin(context.CancellationToken);
        var transactional = new TransactionalContext<T>(context, options, provider, session, outbox);
        await next.Send(transactional);
        await session.Commit(context.CancellationToken);
        if (transactional.HasSent)
            signal.Set();
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("transactionalOutbox");
}
