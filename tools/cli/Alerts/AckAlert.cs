using System.CommandLine;
using Sigma.Contracts;

namespace Sigma.Cli.Alerts;

/// <summary><c>sigma alerts ack</c></summary>
internal static class AckAlert
{
    public static Command Create()
    {
        var (ids, by) = (AlertsCommand.Ids(), AlertsCommand.By());
        var comment = new Option<string?>("--comment") { Description = "What is done about it", HelpName = "text" };
        var ack = new Command("ack",
            "Takes alerts on, so that everybody knows that somebody has seen them. The evaluator obeys once: of an alert that is acknowledged "
            + "already, or over, nothing is "
            + "changed.") { ids, by, comment };
        ack.SetAction((typed, ct) => AlertCommands.Publish(typed, typed.GetValue(ids)!, alert => new AcknowledgeAlert
        {
            CommandId = Guid.CreateVersion7(), AlertId = alert, By = typed.GetValue(by)!, Comment = typed.GetValue(comment),
        }, ct));
        return ack;
    }
}
