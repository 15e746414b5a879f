using System.CommandLine;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Sigma.Cli.Broker;
using Sigma.Cli.Settings;

namespace Sigma.Cli.Alerts;

/// <summary>Publishes commands for the evaluator as the services publish: a MassTransit envelope to the exchange of the message's name.</summary>
internal static class AlertCommands
{
    public static async Task<int> Publish<T>(ParseResult typed, IReadOnlyList<Guid> alerts, Func<Guid, T> command, CancellationToken ct)
        where T : class
    {
        var screen = new Screen(typed);
        var name = $"Sigma.Contracts:{typeof(T).Name}";
        await using var broker = await BrokerConnection.Open(CliSettings.Load(typed), ct);
        await using var channel = await broker.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
        foreach (var alert in alerts)
        {
            var id = Guid.CreateVersion7();
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new { messageId = id, correlationId = alert, messageType = (string[])[$"urn:message:{name}"], message = command(alert) },
                JsonSerializerOptions.Web);
            try
            {
                await channel.BasicPublishAsync(name, "", mandatory: true, new BasicProperties
                {
                    MessageId = $"{id}", CorrelationId = $"{alert}", ContentType = "application/vnd.masstransit+json", Persistent = true,
                }, body, ct);
            }
            catch (Exception e) when (e is PublishException or AlreadyClosedException or OperationInterruptedException)
            {
                screen.Say("No evaluator of this version has been here yet: nobody would obey.");
                return ExitCode.ProblemFound;
            }
            screen.Line(new { alertId = alert, command = typeof(T).Name }, $"{alert}: the evaluator is told");
        }
        return ExitCode.Ok;
    }
}
