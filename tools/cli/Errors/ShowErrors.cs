using System.CommandLine;
using Sigma.Cli.Broker;
using Sigma.Cli.Consoles;
using Sigma.Cli.Settings;
using Sigma.Hosting.Messaging;

namespace Sigma.Cli.Errors;

/// <summary><c>sigma errors show</c></summary>
internal static class ShowErrors
{
    public static Command Create()
    {
        var queue = ErrorsCommand.Queue();
        var ids = ErrorsCommand.Id("Only");
        var limit = new Option<int>("--limit")
            { Description = "Messages shown, in the order of the queue", HelpName = "number", DefaultValueFactory = _ => 10 };
        var full = new Option<bool>("--full")
            { Description =
                $"All of the stack and the body, not the first {MessageText.StackLines} and {MessageText.BodyLines} lines (--json always has all)" };
        limit.Validators.Add(typed =>
        {
            if (typed.GetValueOrDefault<int>() < 1)
                typed.AddError("--limit must be 1 or more.");
        });
        var show = new Command("show",
            $"""
            The messages of an error queue: what they are, when and why they failed, and what is in them. Ends with 1 when there is none to show.
            {ErrorsCommand.Looking}
            """)
        {
            queue, ids, limit, full,
        };
        show.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var from = ErrorQueue.Named(typed.GetValue(queue)!);
            if (ConsoleApi.Of(typed) is { } console)
                return await new ConsoleErrors(console, screen).Show(from, typed.GetValue(ids)!, typed.GetValue(limit), typed.GetValue(full), ct);
            var wanted = typed.GetValue(ids)!.ToHashSet();
            var left = typed.GetValue(limit);
            var shown = 0;
            await using var broker = await BrokerConnection.Open(CliSettings.Load(typed), ct);
            await (await QueuePass.Begin(broker, from.Name, ct)).Look(message =>
            {
                if (wanted.Count > 0 && !wanted.Contains(message.Id))
                    return Task.FromResult(MessageFate.Stays);
                if (screen.Json)
                    screen.Line(json => MessageText.Write(json, from, message));
                else
                    MessageText.Print(screen, from, message, typed.GetValue(full));
                return Task.FromResult(++shown < left ? MessageFate.Stays : MessageFate.StaysLast);
            }, ct);
            if (shown > 0)
                return ExitCode.Ok;
            screen.Say(wanted.Count > 0 ? $"{from.Name} has no such message." : $"{from.Name} is empty.");
            return ExitCode.ProblemFound;
        });
        return show;
    }
}
