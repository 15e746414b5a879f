using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Sigma.Benchmarks.Traffic;

namespace Sigma.Benchmarks.Broker;

/// <summary>Hears of alerts as any other system would, with nothing but an AMQP client.</summary>
internal sealed class AlertSubscriber : IAsyncDisposable
{
    const string Exchange = "Sigma.Contracts:AlertRaised";

    readonly IConnection _connection;
    readonly IChannel _channel;
    readonly ConcurrentDictionary<PanelKey, RaisedAlert> _raised = new();
    int _repeated;
    volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    AlertSubscriber(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    public ICollection<PanelKey> Raised => _raised.Keys;

    /// <summary>Alerts of a key that was raised already, by another episode.</summary>
    public int Repeated => _repeated;

    public static async Task<AlertSubscriber> Open(Uri broker, CancellationToken ct)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(ct);
        var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        var subscriber = new AlertSubscriber(connection, channel);
        var queue = await channel.QueueDeclareAsync(cancellationToken: ct);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true, cancellationToken: ct);
        await channel.QueueBindAsync(queue.QueueName, Exchange, "", cancellationToken: ct);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            subscriber.Hear(delivery.Body);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, ct);
        return subscriber;
    }

    /// <summary>Keys that were raised by other means than an alert.</summary>
    public void Know(IEnumerable<PanelKey> keys)
    {
        foreach (var key in keys)
            _raised.TryAdd(key, new RaisedAlert(Guid.Empty, DateTimeOffset.MinValue));
    }

    /// <summary>Waits until all of these keys are raised, and says when the last of them was.</summary>
    public async Task<DateTimeOffset> Until(IReadOnlyCollection<PanelKey> keys, TimeSpan patience, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var changed = _changed.Task;
            var missing = keys.Count(key => !_raised.ContainsKey(key));
            if (missing == 0)
                return keys.Count == 0 ? DateTimeOffset.MinValue : keys.Max(key => _raised[key].HeardAt);
            if (TimeProvider.System.GetElapsedTime(started) > patience)
                throw new InvalidOperationException($"{missing} of {keys.Count} due alerts were not raised within {patience.TotalSeconds:0} s.");
            await Task.WhenAny(changed, Task.Delay(1000, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    void Hear(ReadOnlyMemory<byte> body)
    {
        var heardAt = TimeProvider.System.GetUtcNow();
        using var document = JsonDocument.Parse(body);
        var message = document.RootElement.GetProperty("message");
        var labels = message.GetProperty("labels");
        var key = new PanelKey(long.Parse(labels.GetProperty("account").GetString()!, CultureInfo.InvariantCulture),
            labels.GetProperty("cuc").GetString()!, labels.GetProperty("code").GetString()!);
        var alert = message.GetProperty("alertId").GetGuid();
        if (_raised.GetOrAdd(key, new RaisedAlert(alert, heardAt)).AlertId != alert)
            Interlocked.Increment(ref _repeated);
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    sealed record RaisedAlert(Guid AlertId, DateTimeOffset HeardAt);
}
