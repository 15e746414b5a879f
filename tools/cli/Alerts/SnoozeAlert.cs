using System.CommandLine;

namespace Sigma.Cli.Alerts;

/// <summary><c>sigma alerts snooze</c></summary>
internal static class SnoozeAlert
{
    public static Command Create(TimeProvider time)
    {
        var (ids, by) = (AlertsCommand.Ids(), AlertsCommand.By());
        var @for = new Option<string?>("--for") { Description = "How long: 30m, 2h, 1d [default: until it is cleared]", HelpName = "length" };
        var end = new Option<bool>("--end") { Description = "Ends the snooze" };
        var comment = new Option<string?>("--comment") { Description = "Why", HelpName = "text" };
        var snooze = new Command("snooze",
            "Has nobody told of alerts again for a while; they are judged and cleared all the same. Of an alert that is over nothing is changed.")
        {
            ids, @for, end, by, comment,
        };
        snooze.Validators.Add(typed =>
        {
            if (typed.GetValue(end) && typed.GetValue(@for) is not null)
                typed.AddError("Say either --for or --end.");
        });
        snooze.SetAction((typed, ct) =>
        {
            DateTimeOffset? until = typed.GetValue(end) ? DateTimeOffset.UnixEpoch
                : typed.GetValue(@for) is { } length ? time.GetUtcNow() + Duration.Read("--for", length) : null;
            return AlertCommands.Publish(typed, typed.GetValue(ids)!, alert => new Contracts.SnoozeAlert
            {
                CommandId = Guid.CreateVersion7(), AlertId = alert, By = typed.GetValue(by)!, Comment = typed.GetValue(comment), Until = until,
            }, ct);
        });
        return snooze;
    }
}
