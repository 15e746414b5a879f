using System.CommandLine;
using Sigma.Cli.Explain;
using Sigma.Evaluator.Queries;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Alerts;

/// <summary><c>sigma alerts show</c></summary>
internal static class ShowAlert
{
    public static Command Create(TimeProvider time)
    {
        var id = new Argument<Guid>("alert") { Description = "Id of the alert" };
        var show = new Command("show",
            "What an alert is, what people did with it, and the flows that were run for it; of one that is over only the latter two. Ends with 1 "
                + "when nothing is known.")
        {
            id,
        };
        show.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var (alert, life, runs) = await (await Tracker.Alerts(typed, ct)).Find(typed.GetValue(id), ct);
            if (alert is not null)
                Show(screen, alert, time.GetUtcNow());
            foreach (var deed in life)
                Show(screen, deed);
            foreach (var run in runs)
                Show(screen, run);
            if (alert is not null || life.Count + runs.Count > 0)
                return ExitCode.Ok;
            screen.Say($"No alert {typed.GetValue(id)} is raised, and nobody has done anything with one of that id.");
            return ExitCode.ProblemFound;
        });
        return show;
    }

    static void Show(Screen screen, RaisedAlert alert, DateTimeOffset now)
    {
        screen.Line(new
        {
            what = "raised", alertId = alert.AlertId, rule = alert.Rule, kind = alert.Kind, source = alert.Source, severity = alert.Severity,
            labels = alert.Labels, count = alert.Count, threshold = alert.Threshold, summary = alert.Summary, raisedAt = alert.RaisedAt,
            acknowledgedBy = alert.AcknowledgedBy, assignedTo = alert.AssignedTo, snoozed = alert.IsSnoozed, snoozedUntil = alert.SnoozedUntil,
        }, $"""
            {Screen.OneLine(alert.Summary ?? alert.Rule)}
              key       {Screen.Labels(alert.Labels)}
              rule      {Screen.OneLine(alert.Rule)} ({alert.Kind}) of {Screen.OneLine(alert.Source)}, {Screen.OneLine(alert.Severity)}
              raised    {Screen.Time(alert.RaisedAt)} UTC, {Screen.Span(now - alert.RaisedAt)} ago{Counted(alert)}
              now       {Screen.OneLine(ListAlerts.State(alert) is { Length: > 0 } state ? state : "nobody has taken it on")}
            """);
    }

    static void Show(Screen screen, PastRun run) => screen.Line(RunText.Json(run),
        $"  {Screen.Time(run.StartedAt.ToTime())} UTC  run of {Screen.OneLine(run.Channel)}: {Screen.OneLine(run.StateName ?? run.State ?? "?")}"
            + $"{(run.Message is { Length: > 0 } message ? $", {Screen.OneLine(message)}" : "")}: {Screen.OneLine(run.Url)}");

    static string Counted(RaisedAlert alert) => alert.Count is { } count ? $", by {count} events, threshold {alert.Threshold}" : "";

    static void Show(Screen screen, AlertDeed deed) => screen.Line(new
    {
        what = deed.What, by = deed.By, at = deed.At, comment = deed.Comment, assignedTo = deed.AssignedTo, snoozedUntil = deed.SnoozedUntil,
    }, $"  {Screen.Time(deed.At)} UTC  {deed.What} by {Screen.OneLine(deed.By)}"
        + $"{(deed.What == Contracts.AlertChange.Assigned ? $" to {Screen.OneLine(deed.AssignedTo ?? "nobody")}" : "")}"
        + $"{(deed.Comment is { } said ? $": {Screen.OneLine(said)}" : "")}");
}
