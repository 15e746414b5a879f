using System.CommandLine;

namespace Sigma.Cli.Alerts;

/// <summary><c>sigma alerts assign</c></summary>
internal static class AssignAlert
{
    public static Command Create()
    {
        var (ids, by) = (AlertsCommand.Ids(), AlertsCommand.By());
        var to = new Option<string?>("--to") { Description = "Whose task it is [default: nobody's any more]", HelpName = "name" };
        var comment = new Option<string?>("--comment") { Description = "Why", HelpName = "text" };
        var assign = new Command("assign", "Makes alerts somebody's task. Of an alert that is over nothing is changed.") { ids, to, by, comment };
        assign.SetAction((typed, ct) => AlertCommands.Publish(typed, typed.GetValue(ids)!, alert => new Contracts.AssignAlert
        {
            CommandId = Guid.CreateVersion7(), AlertId = alert, By = typed.GetValue(by)!, To = typed.GetValue(to), Comment = typed.GetValue(comment),
        }, ct));
        return assign;
    }
}
