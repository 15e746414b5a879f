using System.CommandLine;
using System.Globalization;
using Sigma.Cli.Broker;
using Sigma.Cli.Consoles;
using Sigma.Cli.Settings;
using Sigma.Hosting.Messaging;

namespace Sigma.Cli.Errors;

/// <summary><c>sigma errors drop</c></summary>
internal static class DropErrors
{
    public static Command Create()
    {
        var queue = ErrorsCommand.Queue();
        var ids = ErrorsCommand.Id("Drop");
        var all = ErrorsCommand.All("Drop");
        var yes = new Option<bool>("--yes") { Description = "Needed: what is dropped will never be processed" };
        var to = new Option<FileInfo?>("--to")
            { Description = "File the dropped messages are kept in [default: QUEUE-dropped-TIME.jsonl in this folder]", HelpName = "file" };
        var drop = new Command("drop",
            "Takes messages out of an error queue for good. Each is first written to a file, as one line of JSON with all its headers, and leaves "
            + "the queue when it is on disk. "
            + "Of a dropped EventBatch the stretch of time stays uncovered: alerts that need it are not cleared until the window has passed it. Ends "
            + "with 1 when a message was not found.")
        {
            queue, ids, all, yes, to,
        };
        drop.OneOf(ids, all);
        drop.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var from = ErrorQueue.Named(typed.GetValue(queue)!);
            if (!typed.GetValue(yes))
                throw new UsageException($"What is dropped from {from.Name} will never be processed. Add --yes if that is what you want.");
            if (ConsoleApi.Of(typed) is { } console)
                return typed.GetValue(to) is null ? await new ConsoleErrors(console, screen).Drop(from, typed.GetValue(ids)!, ct)
                    : throw new UsageException("--to cannot be said to a console: it keeps what is dropped in its audit log.");
            var messageFilter = new MessageFilter(typed.GetValue(ids)!);
            await using var broker = await BrokerConnection.Open(CliSettings.Load(typed), ct);
            await using var kept = new DroppedMessages(typed.GetValue(to)
                ?? new FileInfo(string.Create(CultureInfo.InvariantCulture,
                    $"{from.Name}-dropped-{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmssfff}.jsonl")));
            await (await QueuePass.Begin(broker, from.Name, ct)).Look(async message =>
            {
                if (!messageFilter.Take(message))
                    return MessageFate.Stays;
                await kept.Write(from, message, ct);
                screen.Line(new { id = message.Id, from = from.Name, keptIn = kept.Path }, $"{message.Id} is dropped");
                return MessageFate.Leaves;
            }, ct);
            return messageFilter.Tell(screen, from, kept.Path is { } path ? $"dropped, and kept in {path}" : "dropped");
        });
        return drop;
    }
}
