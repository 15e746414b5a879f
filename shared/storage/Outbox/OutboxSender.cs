using System.Diagnostics;
using MassTransit;
using MassTransit.Logging;
using MassTransit.Serialization;
using MassTransit.Transports;

namespace Sigma.Storage.Outbox;

/// <summary>Sends from a transaction that is not a consumer's own: the message leaves when it commits, or later, or never if it does not.</summary>
public sealed class OutboxSender
{
    readonly IBus _bus;
    readonly OutboxTable _outbox;
    readonly RelaySignal _signal;

    internal OutboxSender(IBus bus, OutboxTable outbox, RelaySignal signal)
    {
        _bus = bus;
        _outbox = outbox;
        _signal = signal;
    }

    /// <summary>
    /// Puts the message into the outbox, to leave after <paramref name="delay"/>. Messages of one <paramref name="correlation"/> keep their order.
    /// </summary>
    public async Task Send<T>(DbSession session, Uri destination, T message, Guid correlation, TimeSpan delay, CancellationToken ct) where T : class
    {
        var endpoint = (ITransportSendEndpoint)await _bus.GetSendEndpoint(destination);
        var context = await endpoint.CreateSendContext(message, Pipe.Empty<SendContext<T>>(), ct);
        context.CorrelationId = correlation;
        context.Delay = delay;
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace })
            context.Headers.Set(DiagnosticHeaders.ActivityId, trace); // the relay's send goes on from here
        await _outbox.Add(session, context, SystemTextJsonMessageSerializer.Instance, ct);
    }

    /// <summary>Puts the message into the outbox for whoever subscribes to it: where that is, the transport knows.</summary>
    public Task Publish<T>(DbSession session, T message, Guid correlation, CancellationToken ct) where T : class =>
        _bus.Topology.TryGetPublishAddress(typeof(T), out var address) ? Send(session, address, message, correlation, TimeSpan.Zero, ct)
            : throw new InvalidOperationException($"{typeof(T).Name} cannot be published");

    /// <summary>Commits, and wakes the relay.</summary>
    public async Task Commit(DbSession session, CancellationToken ct)
    {
        await session.Commit(ct);
        _signal.Set();
    }
}
