using System.CommandLine;
using Sigma.Evaluator.Queries;
using Spectre.Console;

namespace Sigma.Cli.Alerts;

/// <summary><c>sigma alerts list</c></summary>
internal static class ListAlerts
{
    public static Command Create(TimeProvider time)
    {
        var unseen = new Option<bool>("--unacknowledged") { Description = "Only those that nobody has taken on" };
        var rule = new Option<string?>("--rule") { Description = "Only of this rule", HelpName = "name" };
        var list = new Command("list", "The alerts that are raised now, the newest first. Ends with 1 when there is none.") { unseen, rule };
        list.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var found = await (await Tracker.Alerts(typed, ct)).Raised(typed.GetValue(rule), typed.GetValue(unseen), ct);
            Show(screen, found, time.GetUtcNow());
            return found.Count == 0 ? ExitCode.ProblemFound : ExitCode.Ok;
        });
        return list;
    }

    static void Show(Screen screen, IReadOnlyList<RaisedAlert> alerts, DateTimeOffset now)
    {
        if (screen.Json)
        {
            foreach (var alert in alerts)
                screen.Line(new
                {
                    alertId = alert.AlertId, rule = alert.Rule, kind = alert.Kind, source = alert.Source, severity = alert.Severity,
                    labels = alert.Labels,
                    count = alert.Count, threshold = alert.Threshold, summary = alert.Summary, raisedAt = alert.RaisedAt,
                    acknowledgedAt = alert.AcknowledgedAt, acknowledgedBy = alert.AcknowledgedBy, assignedTo = alert.AssignedTo,
                    snoozed = alert.IsSnoozed, snoozedUntil = alert.SnoozedUntil,
                });
            return;
        }
        if (alerts.Count == 0)
        {
            screen.Line("No alert is raised.");
            return;
        }
        var table = Screen.Columns("lllwww");
        foreach (var alert in alerts)
            table.AddRow(new Text($"{alert.AlertId}"), new Text($"{Screen.Span(now - alert.RaisedAt)} ago"), new Text(Screen.OneLine(alert.Severity)),
                new Text(Screen.Labels(alert.Labels)), new Text(Screen.OneLine(alert.Summary ?? alert.Rule)),
                new Text(Screen.OneLine(State(alert))));
        screen.Show(table);
    }

    /// <summary>What people have done with it, in a few words.</summary>
    public static string State(RaisedAlert alert) => string.Join(", ", new[]
    {
        alert.AcknowledgedBy is { } by ? $"taken on by {by}" : null,
        alert.AssignedTo is { } to ? $"assigned to {to}" : null,
        !alert.IsSnoozed ? null : alert.SnoozedUntil is { } until ? $"snoozed until {Screen.Time(until)} UTC" : "snoozed until it is cleared",
    }.OfType<string>());
}
