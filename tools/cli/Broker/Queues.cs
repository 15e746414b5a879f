using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Sigma.Archive;
using Sigma.Evaluator;
using Sigma.Notifier;
using Sigma.OperatorConsole;

namespace Sigma.Cli.Broker;

internal static class Queues
{
    /// <summary>All of them. A test compares this with what the services declare.</summary>
    public static readonly IReadOnlyList<string> All = [.. EvaluatorQueues.All, .. NotifierQueues.All, .. ArchiveQueues.All, .. ConsoleQueues.All];

    /// <summary>Whether all is well without this queue: a station may have no console and no archive.</summary>
    public static bool IsOptional(string queue) => ConsoleQueues.All.Contains(queue) || ArchiveQueues.All.Contains(queue);

    /// <summary>Messages waiting in a queue, those aside that somebody holds, as of some seconds ago; null when there is no such queue.</summary>
    public static async Task<uint?> Waiting(IConnection broker, string queue, CancellationToken ct) => (await State(broker, queue, ct))?.MessageCount;

    /// <summary>What the broker tells of a queue; null when there is no such queue.</summary>
    public static async Task<QueueDeclareOk?> State(IConnection broker, string queue, CancellationToken ct)
    {
        // The broker closes the channel when there is no such queue.
        await using var channel = await broker.CreateChannelAsync(cancellationToken: ct);
        try
        {
            return await channel.QueueDeclarePassiveAsync(queue, ct);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }
}
