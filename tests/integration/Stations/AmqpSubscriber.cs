using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Sigma.IntegrationTests.Stations;

/// <summary>A subscriber with nothing but an AMQP client, as another system would be.</summary>
internal sealed class AmqpSubscriber : IAsyncDisposable
{
    readonly IConnection _connection;
    readonly IChannel _channel;
    readonly ConcurrentQueue<AmqpMessage> _letters = new();
    readonly SemaphoreSlim _asks = new(1);
    IChannel? _asking;

    AmqpSubscriber(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    public IReadOnlyList<AmqpMessage> Messages => [.. _letters];

    public static async Task<AmqpSubscriber> Open(Uri broker, params string[] exchanges)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var amqpSubscriber = new AmqpSubscriber(connection, channel);
        var queue = await channel.QueueDeclareAsync();
        foreach (var exchange in exchanges)
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue.QueueName, exchange, "");
        }
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            amqpSubscriber._letters.Enqueue(new AmqpMessage(delivery.Exchange, JsonDocument.Parse(delivery.Body.ToArray()).RootElement,
                delivery.BasicProperties.Headers));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return amqpSubscriber;
    }

    /// <summary>Messages waiting in a queue; 0 when there is no such queue.</summary>
    public async Task<uint> Waiting(string queue)
    {
        await _asks.WaitAsync();
        try
        {
            // A channel that was there before may have been closed with its broker.
            return await MessagesIn(queue) ?? await MessagesIn(queue) ?? 0;
        }
        finally
        {
            _asks.Release();
        }
    }

    /// <summary>Null when the broker has closed the channel.</summary>
    async Task<uint?> MessagesIn(string queue)
    {
        _asking ??= await _connection.CreateChannelAsync();
        try
        {
            return (await _asking.QueueDeclarePassiveAsync(queue)).MessageCount;
        }
        catch (OperationInterruptedException e)
        {
            await DisposeOfAsking();
            return e.ShutdownReason?.ReplyCode == Constants.NotFound ? 0 : null;
        }
    }

    /// <summary>Fails when the exchange is there and is not durable: the broker refuses to declare it otherwise.</summary>
    public async Task AssertDurable(string exchange)
    {
        await using var channel = await _connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
    }

    public async ValueTask DisposeAsync()
    {
        await DisposeOfAsking();
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        _asks.Dispose();
    }

    async ValueTask DisposeOfAsking()
    {
        if (_asking is not null)
            await _asking.DisposeAsync();
        _asking = null;
    }
}

internal sealed record AmqpMessage(string Exchange, JsonElement Envelope, IDictionary<string, object?>? Headers)
{
    public JsonElement Message => Envelope.GetProperty("message");
    public string MessageId => Envelope.GetProperty("messageId").GetString()!;
    public Guid AlertId => Message.GetProperty("alertId").GetGuid();
    public string Label(string name) => Message.GetProperty("labels").GetProperty(name).GetString()!;
}
