using System.CommandLine;

namespace Sigma.Cli.Alerts;

/// <summary><c>sigma alerts</c>: what is raised, and what a person does with it.</summary>
internal static class AlertsCommand
{
    public static Command Create(TimeProvider time) =>
        new("alerts", "The alerts that are raised: look at them, take one on, say something, put it off, or end it.")
        {
            ListAlerts.Create(time), ShowAlert.Create(time), AckAlert.Create(), CommentAlert.Create(), AssignAlert.Create(), SnoozeAlert.Create(time),
            CloseAlert.Create(), AlertTelling.Create(time),
        };

    public static Argument<Guid[]> Ids() => new("alert") { Description = "Ids of the alerts", Arity = ArgumentArity.OneOrMore };

    public static Option<string> By() => Person.By("does it; other systems are told");
}
