using System.Collections.Concurrent;
using MassTransit;
using Sigma.IntegrationTests.Faults;

namespace Sigma.IntegrationTests.Stations;

/// <summary>How many messages the services of a station hold at this moment, and every exception a consumer ended with.</summary>
internal sealed class Traffic : IReceiveObserver
{
    int _held;
    long _received;

    public int Held => Volatile.Read(ref _held);
    public long Received => Interlocked.Read(ref _received);
    public ConcurrentBag<string> Faults { get; } = [];

    public Task PreReceive(ReceiveContext context)
    {
        Interlocked.Increment(ref _held);
        Interlocked.Increment(ref _received);
        return Task.CompletedTask;
    }

    public Task PostReceive(ReceiveContext context)
    {
        Interlocked.Decrement(ref _held);
        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class
    {
        // Its channel was closed under it, so the broker delivers it again.
        if (FaultPlan.Seed is null || exception is not OperationCanceledException)
            Faults.Add($"{typeof(T).Name}: {exception.GetType().Name}: {exception.Message}");
        return Task.CompletedTask;
    }

    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        Interlocked.Decrement(ref _held);
        return Task.CompletedTask;
    }
}
