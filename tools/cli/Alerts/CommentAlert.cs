using System.CommandLine;

namespace Sigma.Cli.Alerts;

/// <summary><c>sigma alerts comment</c></summary>
internal static class CommentAlert
{
    public static Command Create()
    {
        var (ids, by) = (AlertsCommand.Ids(), AlertsCommand.By());
        var comment = new Option<string>("--comment") { Description = "What is said; other systems are told", HelpName = "text", Required = true };
        var command = new Command("comment", "Says something about alerts, for whoever looks at them. Of an alert that is over nothing is changed.")
        {
            ids, by, comment,
        };
        command.SetAction((typed, ct) => AlertCommands.Publish(typed, typed.GetValue(ids)!, alert => new Contracts.CommentAlert
        {
            CommandId = Guid.CreateVersion7(), AlertId = alert, By = typed.GetValue(by)!, Comment = typed.GetValue(comment)!,
        }, ct));
        return command;
    }
}
