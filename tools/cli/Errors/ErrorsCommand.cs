using System.CommandLine;
using System.CommandLine.Completions;

namespace Sigma.Cli.Errors;

/// <summary><c>sigma errors</c>: messages that a service could not digest.</summary>
internal static class ErrorsCommand
{
    const string Description = "Messages that a service could not digest: look at them, send them back when the cause is mended, or drop them.";

    /// <summary>What looking costs.</summary>
    public const string Looking =
        """
        Takes nothing away: what is looked at is held back from others until the command ends, and then lies in its queue again, in a queue of more
        than 200 messages perhaps behind the others. Quorum queues count how often a message was given back and delete it at their limit
        (x-delivery-limit: 10,000 as our services declare it, 20 by RabbitMQ 4's default). So a message that was looked at 10 times is replaced by a
        fresh copy at the end of its queue: look as often as you like, also by a monitor.
        """;

    public static Command Create() =>
        new("errors", Description) { ListErrors.Create(), ShowErrors.Create(), RetryErrors.Create(), DropErrors.Create() };

    public static Argument<string> Queue() => new("queue")
    {
        Description = "A queue or its error queue: evaluator.event-batches, notifier.alerts_error, notifier.whatsapp_skipped, …", HelpName = "queue",
        CompletionSources = { _ => ErrorQueue.All.Select(queue => new CompletionItem(queue.Name)) },
    };

    public static Option<string[]> Id(string what) =>
        new("--id") { Description = $"{what} the message with this id, as 'show' tells it; may be repeated", HelpName = "id" };

    public static Option<bool> All(string what) => new("--all") { Description = $"{what} all messages that are in the queue now" };

    /// <summary>One of the two must be said, so that nobody moves everything by leaving something out.</summary>
    public static void OneOf(this Command command, Option<string[]> ids, Option<bool> all) => command.Validators.Add(typed =>
    {
        if (typed.GetValue(ids) is { Length: > 0 } == typed.GetValue(all))
            typed.AddError("Say either --id or --all.");
    });
}
