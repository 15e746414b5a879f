using System.Collections.Concurrent;
using MassTransit;

namespace Sigma.Storage.Outbox;

/// <summary>Which messages the consumers of this process have finished; see <see cref="OutboxOwner.KeepUntilConsumed"/>.</summary>
internal sealed class ConsumedMessages(OutboxOwner owner, RelaySignal signal, IEnumerable<BystanderQueue> bystanders) : IReceiveObserver
{
    readonly ConcurrentQueue<Guid> _finished = new();
    readonly HashSet<string> _bystanders = [.. bystanders.Select(queue => queue.Name)];

    public IReadOnlyList<Guid> Take()
    {
        List<Guid> taken = [];
        while (taken.Count < 500 && _finished.TryDequeue(out var id))
            taken.Add(id);
        return taken;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class
    {
        if (owner.KeepUntilConsumed && context.MessageId is { } id && !IsBystander(context.ReceiveContext.InputAddress))
        {
            _finished.Enqueue(id);
            signal.Set();
        }
        return Task.CompletedTask;
    }

    bool IsBystander(Uri queue) => _bystanders.Count > 0 && _bystanders.Contains(queue.Segments[^1]);

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;
    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;
    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;
    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
}
