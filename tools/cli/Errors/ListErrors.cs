using System.CommandLine;
using System.Globalization;
using RabbitMQ.Client;
using Sigma.Cli.Broker;
using Sigma.Cli.Consoles;
using Sigma.Cli.Settings;
using Sigma.Hosting.Messaging;
using Spectre.Console;

namespace Sigma.Cli.Errors;

/// <summary><c>sigma errors list</c></summary>
internal static class ListErrors
{
    const int Sample = 1_000, LongestReason = 120;

    public static Command Create()
    {
        var list = new Command("list",
            $"""
            How many messages lie in each error queue (its queue's name and _error) and in each queue of messages that nobody knows (_skipped), since
            when, and the most common reason (of the first {Sample:#,0}). Ends with 1 when there are any.
            {ErrorsCommand.Looking}
            """);
        list.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            if (ConsoleApi.Of(typed) is { } console)
                return await new ConsoleErrors(console, screen).List(ct);
            await using var broker = await BrokerConnection.Open(CliSettings.Load(typed), ct);
            List<QueueSummary> found = [];
            foreach (var queue in ErrorQueue.All)
                if (await Queues.Waiting(broker, queue.Name, ct) is not null)
                    found.Add(await Look(broker, queue, ct));
            Print(screen, found);
            return found.Exists(f => f.Messages > 0) ? ExitCode.ProblemFound : ExitCode.Ok;
        });
        return list;
    }

    static async Task<QueueSummary> Look(IConnection broker, ErrorQueue queue, CancellationToken ct)
    {
        DateTimeOffset? oldest = null;
        Dictionary<string, int> reasons = [];
        var seen = 0;
        var messages = await (await QueuePass.Begin(broker, queue.Name, ct)).Look(message =>
        {
            oldest = oldest is null || message.At < oldest ? message.At ?? oldest : oldest;
            var reason = Short(message);
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            return Task.FromResult(++seen < Sample ? MessageFate.Stays : MessageFate.StaysLast);
        }, ct);
        return new QueueSummary(queue, messages, oldest, reasons.Count == 0 ? null : reasons.MaxBy(r => r.Value).Key);
    }

    // Ids and times differ from message to message; the beginning tells the kind.
    static string Short(ErrorMessage message)
    {
        var reason = Screen.Harmless($"{message.Exception?.Split('.')[^1]}: {message.Reason}".TrimStart(':', ' ')).ReplaceLineEndings(" ");
        return reason.Length > LongestReason ? reason[..LongestReason] + "…" : reason;
    }

    static void Print(Screen screen, List<QueueSummary> found)
    {
        if (screen.Json)
        {
            foreach (var f in found)
                screen.Line(new { queue = f.Queue.Name, from = f.Queue.Origin, messages = f.Messages, oldest = f.Oldest, reason = f.Reason });
            return;
        }
        var filled = found.Where(f => f.Messages > 0).ToList();
        if (filled.Count == 0)
        {
            screen.Line("No message lies in an error queue.");
            return;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("Queue", "Messages", "Oldest (UTC)", "Most common reason");
        table.Columns[1].RightAligned();
        foreach (var f in filled)
            table.AddRow(new Text(f.Queue.Name), new Text(f.Messages.ToString("#,0", CultureInfo.InvariantCulture)), new Text(Screen.Time(f.Oldest)),
                new Text(f.Reason ?? "?"));
        screen.Show(table);
        screen.Line("'sigma errors show QUEUE' tells more, 'sigma errors retry QUEUE --all' sends back.");
    }

    sealed record QueueSummary(ErrorQueue Queue, long Messages, DateTimeOffset? Oldest, string? Reason);
}
