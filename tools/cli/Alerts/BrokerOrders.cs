using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Sigma.Cli.Alerts;

/// <summary>Publishes commands for the evaluators as the services publish: a MassTransit envelope to the exchange of the message's name.</summary>
internal sealed class BrokerOrders : IAlertOrders
{
    readonly IConnection _broker;
    readonly IChannel _channel;

    BrokerOrders(IConnection broker, IChannel channel) => (_broker, _channel) = (broker, channel);

    /// <summary>By this connection, which ends with it.</summary>
    public static async Task<BrokerOrders> Open(IConnection broker, CancellationToken ct)
    {
        try
        {
            return new(broker, await broker.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct));
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    public async Task<string?> Give<T>(Guid alert, T command, CancellationToken ct) where T : class
    {
        var name = $"Sigma.Contracts:{typeof(T).Name}";
        var id = Guid.CreateVersion7();
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { messageId = id, correlationId = alert, messageType = (string[])[$"urn:message:{name}"], message = command },
            JsonSerializerOptions.Web);
        try
        {
            await _channel.BasicPublishAsync(name, "", mandatory: true, new BasicProperties
            {
                MessageId = $"{id}", CorrelationId = $"{alert}", ContentType = "application/vnd.masstransit+json", Persistent = true,
            }, body, ct);
            return null;
        }
        catch (Exception e) when (e is PublishException or AlreadyClosedException or OperationInterruptedException)
        {
            return "No evaluator of this version has been here yet: nobody would obey.";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _broker.DisposeAsync();
    }
}
