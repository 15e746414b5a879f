using Sigma.Cli.Consoles;
using Sigma.Contracts;

namespace Sigma.Cli.Alerts;

/// <summary>Has a console tell the evaluators, by the name of its token.</summary>
internal sealed class ConsoleOrders(ConsoleApi console) : IAlertOrders
{
    public async Task<string?> Give<T>(Guid alert, T command, CancellationToken ct) where T : class
    {
        var (verb, body, id) = Request(command);
        try
        {
            await console.Post($"alerts/{alert}/{verb}", body, ct, id);
            return null;
        }
        catch (ConsoleException e) when (e.IsRefusal)
        {
            return string.Join("; ", e.Faults);
        }
    }

    static (string Verb, object Body, Guid Command) Request(object command) => command switch
    {
        AcknowledgeAlert ack => ("acknowledge", new { comment = ack.Comment }, ack.CommandId),
        Contracts.CommentAlert comment => ("comment", new { comment = comment.Comment }, comment.CommandId),
        Contracts.AssignAlert assign => ("assign", new { to = assign.To, comment = assign.Comment }, assign.CommandId),
        Contracts.SnoozeAlert { Until: { } until } snooze when until == DateTimeOffset.UnixEpoch =>
            ("snooze", new { ends = true, comment = snooze.Comment }, snooze.CommandId),
        Contracts.SnoozeAlert snooze => ("snooze", new { until = snooze.Until, comment = snooze.Comment }, snooze.CommandId),
        Contracts.CloseAlert close => ("close", new { comment = close.Comment }, close.CommandId),
        _ => throw new NotSupportedException($"A console does not know {command.GetType().Name}."),
    };

    public ValueTask DisposeAsync()
    {
        console.Dispose();
        return ValueTask.CompletedTask;
    }
}
