using System.CommandLine;
using Sigma.Notifier.Queries;
using Spectre.Console;

namespace Sigma.Cli.Silences;

/// <summary><c>sigma silences preview</c></summary>
internal static class PreviewSilence
{
    public static Command Create(TimeProvider time)
    {
        var matchers = SilencesCommand.Matchers();
        var preview = new Command("preview",
            "The alerts that are raised now and that a silence with these matchers would be of. Only reads. Ends with 1 when there is none.")
        {
            matchers,
        };
        preview.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var checkedOnes = SilencesCommand.Checked(typed.GetValue(matchers)!);
            var found = await (await Tracker.Silences(typed, time, ct)).Preview(checkedOnes, ct);
            Show(screen, found, time.GetUtcNow());
            return found.Count == 0 ? ExitCode.ProblemFound : ExitCode.Ok;
        });
        return preview;
    }

    static void Show(Screen screen, IReadOnlyList<SilencedAlert> found, DateTimeOffset now)
    {
        if (screen.Json)
            foreach (var alert in found)
                screen.Line(new
                    { alertId = alert.AlertId, rule = alert.Rule, severity = alert.Severity, labels = alert.Labels, raisedAt = alert.RaisedAt });
        else if (found.Count == 0)
            screen.Line("No alert that is raised fits.");
        else
        {
            var table = Screen.Columns("lllww");
            foreach (var alert in found)
                table.AddRow(new Text($"{alert.AlertId}"), new Text($"{Screen.Span(now - alert.RaisedAt)} ago"),
                    new Text(Screen.OneLine(alert.Severity)), new Text(Screen.Labels(alert.Labels)), new Text(Screen.OneLine(alert.Rule)));
            screen.Show(table);
        }
    }
}
