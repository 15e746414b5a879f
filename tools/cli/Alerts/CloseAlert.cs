using System.CommandLine;

namespace Sigma.Cli.Alerts;

/// <summary><c>sigma alerts close</c></summary>
internal static class CloseAlert
{
    public static Command Create()
    {
        var (ids, by) = (AlertsCommand.Ids(), AlertsCommand.By());
        var comment = new Option<string>("--comment") { Description = "Why; other systems are told", HelpName = "text", Required = true };
        var close = new Command("close",
            "Ends alerts, whatever their rules say: what came before counts no more, what comes from now on counts afresh. Of an alert that is over "
                + "nothing is changed.")
        {
            ids, by, comment,
        };
        close.SetAction((typed, ct) => AlertCommands.Publish(typed, typed.GetValue(ids)!, alert => new Contracts.CloseAlert
        {
            CommandId = Guid.CreateVersion7(), AlertId = alert, By = typed.GetValue(by)!, Comment = typed.GetValue(comment)!,
        }, ct));
        return close;
    }
}
