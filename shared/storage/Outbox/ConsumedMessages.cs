using System.Collections.Concurrent;
using MassTransit;

namespace Sigma.Storage.Outbox;

/// <summary>Which messages the consumers of this process have finished; see <see cref="OutboxOwner.KeepUntilConsumed"/>.</summary>
internal sealed class ConsumedMessages(OutboxOwner owner, RelaySignal signal) : IReceiveObserver
{
    readonly ConcurrentQueue<Guid> _finished = new();

    public IReadOnlyList<Guid> Take()
    {
        List<Guid> taken = [];
        while (taken.Count < 500 && _finished.TryDequeue(out var id))
            taken.Add(id);
        return taken;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class
    {
        if (owner.KeepUntilConsumed && context.MessageId is { } id)
        {
            _finished.Enqueue(id);
            signal.Set();
        }
        return Task.CompletedTask;
    }

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;
    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;
    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;
    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
}
