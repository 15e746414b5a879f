using System.CommandLine;
using RabbitMQ.Client.Exceptions;
using Sigma.Cli.Broker;
using Sigma.Cli.Consoles;
using Sigma.Cli.Settings;
using Sigma.Hosting.Messaging;

namespace Sigma.Cli.Errors;

/// <summary><c>sigma errors retry</c></summary>
internal static class RetryErrors
{
    public static Command Create()
    {
        var queue = ErrorsCommand.Queue();
        var ids = ErrorsCommand.Id("Send back");
        var all = ErrorsCommand.All("Send back");
        var retry = new Command("retry",
            "Sends messages back to the queue they came from, as they were sent, when what they failed of is mended. Each leaves the error queue "
            + "only when the broker has it in the other one: "
            + "a crash in between sends it twice and never loses it, and all consumers take a repeated message for what it is. Ends with 1 when one "
            + "could not be sent back or was not found.")
        {
            queue, ids, all,
        };
        retry.OneOf(ids, all);
        retry.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var from = ErrorQueue.Named(typed.GetValue(queue)!);
            if (ConsoleApi.Of(typed) is { } console)
                return await new ConsoleErrors(console, screen).Retry(from, typed.GetValue(ids)!, ct);
            var messageFilter = new MessageFilter(typed.GetValue(ids)!);
            await using var broker = await BrokerConnection.Open(CliSettings.Load(typed), ct);
            var pass = await QueuePass.Begin(broker, from.Name, ct);
            try
            {
                await pass.Look(async message =>
                {
                    if (!messageFilter.Take(message))
                        return MessageFate.Stays;
                    await pass.Send(from.Origin, message.AsSent(), message.Body, ct);
                    screen.Line(new { id = message.Id, from = from.Name, to = from.Origin }, $"{message.Id} is back in {from.Origin}");
                    return MessageFate.Leaves;
                }, ct);
            }
            catch (PublishException e)
            {
                screen.Say(e.IsReturn ? $"There is no queue {from.Origin}: is its service running? The message stays in {from.Name}."
                    : $"The broker did not take a message: it stays in {from.Name}.");
                return ExitCode.ProblemFound;
            }
            return messageFilter.Tell(screen, from, "sent back");
        });
        return retry;
    }
}
