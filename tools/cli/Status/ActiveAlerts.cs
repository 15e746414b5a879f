using Sigma.Evaluator.Queries;
using Spectre.Console;

namespace Sigma.Cli.Status;

internal static class ActiveAlerts
{
    const int MostShown = 20;

    public static void Show(Screen screen, IReadOnlyList<RaisedAlert> alerts, DateTimeOffset now)
    {
        if (screen.Json)
        {
            foreach (var alert in alerts)
                screen.Line(new
                {
                    kind = "alert", alertId = alert.AlertId, rule = alert.Rule, severity = alert.Severity, source = alert.Source,
                    labels = alert.Labels,
                    count = alert.Count, threshold = alert.Threshold, raisedAt = alert.RaisedAt,
                });
            return;
        }
        screen.Line("");
        screen.Line(alerts.Count switch { 0 => "No alert is raised.", 1 => "1 alert is raised:",
            _ => $"{Screen.Number(alerts.Count)} alerts are raised:" });
        if (alerts.Count == 0)
            return;
        var table = Screen.Columns("llwrw");
        foreach (var alert in alerts.Take(MostShown))
            table.AddRow(new Text($"{alert.RaisedAt.UtcDateTime:MM-dd HH:mm:ss}, {Screen.Span(now - alert.RaisedAt)} ago"),
                new Text(Screen.OneLine(alert.Severity)),
                new Text(Screen.Labels(alert.Labels)), new Text(About(alert)),
                new Text(Screen.OneLine(alert.Rule)));
        screen.Show(table, StatusCommand.Width);
        if (alerts.Count > MostShown)
            screen.Line($"  and {Screen.Number(alerts.Count - MostShown)} older ones; --json has all");
    }

    static string About(RaisedAlert alert) => alert is { Count: { } count, Threshold: { } threshold }
        ? $"{Screen.Number(count)} of {Screen.Number(threshold)}" : Screen.OneLine(alert.Summary ?? alert.Kind);
}
