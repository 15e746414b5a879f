using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Sigma.IntegrationTests.Stations;

/// <summary>A subscriber with nothing but an AMQP client, as another system would be.</summary>
internal sealed class Mailbox : IAsyncDisposable
{
    readonly IConnection _connection;
    readonly IChannel _channel;
    readonly ConcurrentQueue<Letter> _letters = new();

    Mailbox(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public IReadOnlyList<Letter> Letters => [.. _letters];

    public static async Task<Mailbox> Open(Uri broker, params string[] exchanges)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var mailbox = new Mailbox(connection, channel);
        var queue = await channel.QueueDeclareAsync();
        foreach (var exchange in exchanges)
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue.QueueName, exchange, "");
        }
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            mailbox._letters.Enqueue(new Letter(delivery.Exchange, JsonDocument.Parse(delivery.Body.ToArray()).RootElement, delivery.BasicProperties.Headers));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return mailbox;
    }

    /// <summary>Messages waiting in a queue; 0 when there is no such queue.</summary>
    public async Task<uint> Waiting(string queue)
    {
        var channel = await _connection.CreateChannelAsync();
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
        }
        catch (OperationInterruptedException)
        {
            return 0;
        }
        finally
        {
            await channel.DisposeAsync();
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
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}

internal sealed record Letter(string Exchange, JsonElement Envelope, IDictionary<string, object?>? Headers)
{
    public JsonElement Message => Envelope.GetProperty("message");
    public string MessageId => Envelope.GetProperty("messageId").GetString()!;
    public Guid AlertId => Message.GetProperty("alertId").GetGuid();
    public string Label(string name) => Message.GetProperty("labels").GetProperty(name).GetString()!;
}
