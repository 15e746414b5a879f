using RabbitMQ.Client.Exceptions;
using Sigma.Cli.Broker;
using Sigma.Cli.Settings;
using Sigma.Hosting.Messaging;
using Spectre.Console;
using ErrorQueue = Sigma.Cli.Errors.ErrorQueue;

namespace Sigma.Cli.Status;

/// <summary>How many messages wait in each queue, and who takes them.</summary>
internal static class QueueDepths
{
    public static async Task Show(Screen screen, CliSettings settings, Problems problems, CancellationToken ct)
    {
        if (!screen.Json)
            screen.Line("");
        if (settings.Of<BusOptions>("Bus").Transport == BusTransport.InMemory)
        {
            screen.Line(new { kind = "broker", state = "n/a" }, "Queues: n/a, messages stay in the process of the services.");
            return;
        }
        List<Depth> depths = [];
        string? away = null;
        try
        {
            await using var broker = await BrokerConnection.Open(settings, ct);
            foreach (var queue in Queues.All.Select(name => (name, Errors: false))
                .Concat(ErrorQueue.All.Select(errors => (name: errors.Name, Errors: true))))
                if (await Queues.State(broker, queue.name, ct) is var seen && (seen is not null || !(queue.Errors || Queues.IsOptional(queue.name))))
                    depths.Add(new(queue.name, queue.Errors, seen?.MessageCount, seen?.ConsumerCount ?? 0));
        }
        catch (BrokerException e)
        {
            away = e.Message;
        }
        catch (Exception e) when (e is OperationInterruptedException or AlreadyClosedException or TimeoutException or IOException)
        {
            away = $"The broker broke off: {e.GetBaseException().Message}";
        }
        Print(screen, depths);
        if (away is not null)
        {
            screen.Line(new { kind = "broker", state = "away", says = away }, $"Queues: {Screen.OneLine(away)}");
            problems.Add("the broker does not tell its queues");
        }
        foreach (var depth in depths)
            if (depth.Wrong is { } wrong)
                problems.Add(wrong);
    }

    static void Print(Screen screen, List<Depth> depths)
    {
        if (screen.Json)
        {
            foreach (var depth in depths)
                screen.Line(new { kind = "queue", queue = depth.Queue, errors = depth.Errors, messages = depth.Messages,
                    consumers = depth.Consumers });
            return;
        }
        var shown = depths.Where(depth => !depth.Errors || depth.Messages > 0).ToList();
        if (shown.Count == 0)
            return;
        var table = Screen.Columns("lrr");
        table.AddRow(new Text("Queue"), new Text("Messages"), new Text("Consumers"));
        foreach (var depth in shown)
            table.AddRow(new Text(depth.Queue), new Text(depth.Messages is { } messages ? Screen.Number(messages) : "none"),
                new Text(depth.Errors ? "" : Screen.Number(depth.Consumers)));
        screen.Show(table, StatusCommand.Width);
    }

    /// <summary>A queue, as of some seconds ago.</summary>
    /// <param name="Queue">Its name.</param>
    /// <param name="Errors">Whether it takes what was not digested.</param>
    /// <param name="Messages">Waiting; null when there is no such queue.</param>
    /// <param name="Consumers">That take from it.</param>
    sealed record Depth(string Queue, bool Errors, uint? Messages, uint Consumers)
    {
        public string? Wrong => this switch
        {
            { Errors: true, Messages: > 0 } =>
                $"{Queue} holds {Screen.Number(Messages.Value)} {(Messages == 1 ? "message" : "messages")} ('sigma errors show {Queue}')",
            { Errors: true } => null,
            { Messages: null } => $"there is no queue {Queue}: its service has not run yet",
            { Consumers: 0 } => $"{Queue} has no consumer: is its service up?",
            _ => null,
        };
    }
}
