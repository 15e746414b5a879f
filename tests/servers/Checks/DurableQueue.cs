using System.Text;
using RabbitMQ.Client;

namespace Sigma.TestServers.Checks;

/// <summary>One confirmed message in one durable queue.</summary>
internal static class DurableQueue
{
    const string Name = "durable";

    public static async Task Declare(RabbitMqServer broker)
    {
        await using var connection = await RabbitMqServerChecks.Connect(broker, "/");
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(Name, durable: true, exclusive: false, autoDelete: false);
    }

    public static async Task Fill(RabbitMqServer broker, string message)
    {
        await using var connection = await RabbitMqServerChecks.Connect(broker, "/");
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicPublishAsync("", Name, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(message));
    }

    public static async Task<string?> Take(RabbitMqServer broker)
    {
        await using var connection = await RabbitMqServerChecks.Connect(broker, "/");
        await using var channel = await connection.CreateChannelAsync();
        return await channel.BasicGetAsync(Name, autoAck: true) is { } got ? Encoding.UTF8.GetString(got.Body.Span) : null;
    }
}
