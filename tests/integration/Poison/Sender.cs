using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace Sigma.IntegrationTests.Poison;

/// <summary>Somebody who publishes whatever he likes.</summary>
internal sealed class Sender : IAsyncDisposable
{
    readonly IConnection _connection;
    readonly IChannel _channel;

    Sender(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    public static async Task<Sender> Open(Uri broker)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        return new Sender(connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true)));
    }

    public IChannel Channel => _channel;

    /// <summary>A message of a contract in MassTransit's envelope; returns its id.</summary>
    public Task<string> Publish(string contract, object message) => PublishText(contract, JsonSerializer.Serialize(new
    {
        messageId = Guid.NewGuid(), messageType = new[] { $"urn:message:Sigma.Contracts:{contract}" }, message,
    }, JsonSerializerOptions.Web));

    public async Task<string> PublishText(string contract, string body, string? contentType = "application/vnd.masstransit+json",
        string? exchange = null)
    {
        var id = Guid.NewGuid().ToString();
        var properties = new BasicProperties
        {
            MessageId = id, ContentType = contentType, Persistent = true,
            Headers = new Dictionary<string, object?> { ["MT-Activity-Id"] = $"00-{Guid.NewGuid():N}-00f067aa0ba902b7-01" },
        };
        await _channel.BasicPublishAsync(exchange ?? $"Sigma.Contracts:{contract}", "", mandatory: true, properties, Encoding.UTF8.GetBytes(body));
        return id;
    }

    /// <summary>Into a queue, past every exchange.</summary>
    public async Task Send(string queue, string body) =>
        await _channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties(), Encoding.UTF8.GetBytes(body));

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
