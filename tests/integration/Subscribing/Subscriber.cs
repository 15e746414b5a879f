using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Subscribing;

/// <summary>
/// Another system as docs/subscribing.md has it: a durable queue of its own, bound to both exchanges, and nothing but an AMQP client.
/// </summary>
internal sealed class Subscriber : IAsyncDisposable
{
    const string Queue = "another-system.sigma-alerts";

    readonly IConnection _connection;
    readonly IChannel _channel;
    readonly HashSet<string> _seen = [];

    Subscriber(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    public static async Task<Subscriber> Connect(Uri broker)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false);
        foreach (var exchange in (string[])[Alerts.RaisedExchange, Alerts.ClearedExchange])
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(Queue, exchange, "");
        }
        return new Subscriber(connection, channel);
    }

    /// <summary>The next message that has not come before, acknowledged: one that comes again has the same id.</summary>
    public async Task<DeliveredMessage> Next(string expectation)
    {
        while (true)
        {
            var got = await Await.Until(() => _channel.BasicGetAsync(Queue, autoAck: false), got => got is not null, expectation);
            await _channel.BasicAckAsync(got!.DeliveryTag, multiple: false);
            if (got.BasicProperties.MessageId is not { } id || _seen.Add(id))
                return new DeliveredMessage(got.Exchange, Encoding.UTF8.GetString(got.Body.Span), got.BasicProperties);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}

/// <summary>A message as it came over the wire.</summary>
internal sealed record DeliveredMessage(string Exchange, string Body, IReadOnlyBasicProperties Properties)
{
    public string Type => Exchange.Split(':')[^1];

    public JsonElement Envelope { get; } = JsonDocument.Parse(Body).RootElement;

    public JsonElement Message => Envelope.GetProperty("message");

    /// <summary>The properties and headers of AMQP that are set, by the names docs/subscribing.md has for them.</summary>
    public IReadOnlyDictionary<string, string> Set => new (string Name, string? Value)[]
        {
            ("content_type", Properties.ContentType), ("content_encoding", Properties.ContentEncoding), ("message_id", Properties.MessageId),
            ("correlation_id", Properties.CorrelationId), ("type", Properties.Type), ("app_id", Properties.AppId), ("user_id", Properties.UserId),
            ("reply_to", Properties.ReplyTo), ("expiration", Properties.Expiration),
            ("priority", Properties.IsPriorityPresent() ? $"{Properties.Priority}" : null),
            ("delivery_mode", Properties.IsDeliveryModePresent() ? $"{(int)Properties.DeliveryMode}" : null),
            ("timestamp", Properties.IsTimestampPresent() ? $"{Properties.Timestamp.UnixTime}" : null),
        }
        .Concat((Properties.Headers ?? new Dictionary<string, object?>()).Select(h => (h.Key, Text(h.Value))))
        .Where(p => p.Item2 is not null).ToDictionary(p => p.Item1, p => p.Item2!);

    static string? Text(object? value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString();
}
