using System.Collections.Concurrent;
using MassTransit;

namespace Sigma.Hosting.Messaging;

/// <summary>How many messages each endpoint has received, and how many it is consuming.</summary>
internal sealed class EndpointTraffic : IReceiveObserver
{
    readonly ConcurrentDictionary<string, Endpoint> _endpoints = new();

    public (long Count, int InHand) Of(string queue) =>
        _endpoints.TryGetValue(queue, out var endpoint) ? (Volatile.Read(ref endpoint.Count), Volatile.Read(ref endpoint.InHand)) : default;

    public Task PreReceive(ReceiveContext context)
    {
        var endpoint = _endpoints.GetOrAdd(QueueOf(context.InputAddress), _ => new());
        Interlocked.Increment(ref endpoint.Count);
        Interlocked.Increment(ref endpoint.InHand);
        return Task.CompletedTask;
    }

    public Task PostReceive(ReceiveContext context) => Done(context);

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Done(context);

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    public static string QueueOf(Uri address) => address.AbsolutePath[(address.AbsolutePath.LastIndexOf('/') + 1)..];

    Task Done(ReceiveContext context)
    {
        Interlocked.Decrement(ref _endpoints[QueueOf(context.InputAddress)].InHand);
        return Task.CompletedTask;
    }

    sealed class Endpoint
    {
        public long Count;
        public int InHand;
    }
}
