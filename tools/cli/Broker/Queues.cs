using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Sigma.Cli.Broker;

/// <summary>The queues of the services.</summary>
internal static class Queues
{
    /// <summary>All of them. A test compares this with what the services declare.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "evaluator.event-batches", "evaluator.occurrences-excused", "evaluator.triggers",
        "notifier.alerts", "notifier.coverage", "notifier.whatsapp", "notifier.segware-alarm-event",
    ];

    /// <summary>What is in a queue, as of some seconds ago; null when there is no such queue.</summary>
    public static async Task<QueueState?> StateOf(IConnection broker, string queue, CancellationToken ct)
    {
        // The broker closes the channel when there is no such queue.
        await using var channel = await broker.CreateChannelAsync(cancellationToken: ct);
        try
        {
            var there = await channel.QueueDeclarePassiveAsync(queue, ct);
            return new QueueState(there.MessageCount, there.ConsumerCount);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }

    /// <summary>Messages waiting in a queue, those aside that somebody holds, as of some seconds ago; null when there is no such queue.</summary>
    public static async Task<uint?> Waiting(IConnection broker, string queue, CancellationToken ct) => (await StateOf(broker, queue, ct))?.Waiting;
}

/// <summary>Messages that wait in a queue, and how many read it.</summary>
internal sealed record QueueState(uint Waiting, uint Consumers);
