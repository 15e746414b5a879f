using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Sigma.Benchmarks.Broker;

/// <summary>Takes messages and does nothing with them but tell of each, where somebody asks: what deciding costs is measured elsewhere.</summary>
internal sealed class NewsDrain : IAsyncDisposable
{
    readonly IConnection _connection;
    readonly IChannel _channel;
    long _bytes;

    NewsDrain(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    /// <summary>Bytes of messages that came.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Of one kind of message.</summary>
    public static async Task<NewsDrain> Open(Uri broker, string message, CancellationToken ct, Action<ReadOnlyMemory<byte>>? heard = null)
    {
        var exchange = $"Sigma.Contracts:{message}";
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(ct);
        var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        NewsDrain drain = new(connection, channel);
        var queue = await channel.QueueDeclareAsync(cancellationToken: ct);
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: ct);
        await channel.QueueBindAsync(queue.QueueName, exchange, "", cancellationToken: ct);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            Interlocked.Add(ref drain._bytes, delivery.Body.Length);
            heard?.Invoke(delivery.Body);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, ct);
        return drain;
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
