using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Sigma.Faults.Traffic;

/// <summary>Another system that gives orders over the bus. What the broker has not confirmed it publishes again, with the same id.</summary>
internal sealed class Commands(Uri broker) : IAsyncDisposable
{
    static readonly TimeSpan ConfirmedWithin = TimeSpan.FromSeconds(5);

    IConnection? _connection;
    IChannel? _channel;

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
            await _channel.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    /// <summary>Publishes until the broker confirms it.</summary>
    public async Task Publish<T>(string name, T message, Guid id, CancellationToken ct) where T : class
    {
        var exchange = $"Sigma.Contracts:{name}";
        var body = JsonSerializer.SerializeToUtf8Bytes(new { messageId = id, messageType = (string[])[$"urn:message:{exchange}"], message },
            JsonSerializerOptions.Web);
        while (true)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
                patience.CancelAfter(ConfirmedWithin);
                var channel = await Channel(patience.Token);
                await channel.BasicPublishAsync(exchange, "", mandatory: true, new BasicProperties
                {
                    MessageId = $"{id}", ContentType = "application/vnd.masstransit+json", Persistent = true,
                }, body, patience.Token);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested && e is RabbitMQClientException or OperationCanceledException or IOException)
            {
                await DisposeAsync();
                (_channel, _connection) = (null, null);
                await Task.Delay(500, ct);
            }
        }
    }

    async Task<IChannel> Channel(CancellationToken ct)
    {
        _connection ??= await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(ct);
        return _channel ??= await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
    }
}
