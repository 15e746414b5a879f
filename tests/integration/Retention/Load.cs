using System.Collections.Concurrent;
using System.Globalization;
using MassTransit;

namespace Sigma.IntegrationTests.Retention;

/// <summary>How long a service takes over each message of a kind.</summary>
internal sealed class Durations<TMessage> : IReceiveObserver where TMessage : class
{
    readonly ConcurrentQueue<double> _milliseconds = new();

    public int Count => _milliseconds.Count;

    /// <summary>What was measured since the last call.</summary>
    public Measured Take()
    {
        List<double> taken = [];
        while (_milliseconds.TryDequeue(out var one))
            taken.Add(one);
        taken.Sort();
        return new Measured(taken);
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class
    {
        if (typeof(T) == typeof(TMessage))
            _milliseconds.Enqueue(duration.TotalMilliseconds);
        return Task.CompletedTask;
    }

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;
    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;
    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;
    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
}

/// <summary>Milliseconds, sorted.</summary>
internal sealed record Measured(IReadOnlyList<double> Sorted)
{
    public double Median => At(0.5);
    public double P95 => At(0.95);
    public double Longest => At(1);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Sorted.Count} messages, median {Median:0} ms, 95 % within {P95:0} ms, longest {Longest:0} ms");

    double At(double share) => Sorted.Count == 0 ? 0 : Sorted[(int)Math.Ceiling(share * (Sorted.Count - 1))];
}
