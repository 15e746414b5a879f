using System.CommandLine;
using Sigma.Cli.Explain;
using Sigma.Storage;

namespace Sigma.Cli.Alerts;

/// <summary><c>sigma alerts telling</c></summary>
internal static class AlertTelling
{
    public static Command Create(TimeProvider time)
    {
        var id = new Argument<Guid>("alert") { Description = "Id of the alert" };
        var telling = new Command("telling",
            "Everything that was decided about telling of an alert, of whatever kind, also that somebody is not told, and what became of it. Only "
                + "reads. Ends with 1 when no notifier has written the alert down.") { id };
        telling.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            if (await (await Tracker.Alerts(typed, ct)).Telling(typed.GetValue(id), ct) is not { } told)
            {
                screen.Say("No notifier has written this alert down.");
                return ExitCode.ProblemFound;
            }
            Show(screen, told, new(Tracker.Zone(typed), time.Milliseconds()));
            return ExitCode.Ok;
        });
        return telling;
    }

    static void Show(Screen screen, TellingOfAlert told, LocalTimes local)
    {
        if (screen.Json)
        {
            foreach (var decision in told.Decisions)
                screen.Line(new { kind = "decision", decision = decision.Kind, channel = decision.Channel, at = decision.DecidedAt.ToTime(),
                    reason = decision.Reason });
            foreach (var delivery in told.Deliveries)
                screen.Line(new { kind = "delivery", says = delivery.Kind, channel = delivery.Channel, state = delivery.State.Stored(),
                    at = delivery.CreatedAt.ToTime(), reason = delivery.Reason });
            foreach (var run in told.Runs)
                screen.Line(RunText.Json(run));
            return;
        }
        screen.Line($"{Screen.OneLine(told.Rule)}: {Screen.Labels(told.Labels)}");
        screen.Line($"  raised {(told.RaisedAt is { } raised ? local.Show(raised) : "?")}"
            + (told.ClearedAt is { } cleared ? $", cleared {local.Show(cleared)}" : ", not cleared"));
        foreach (var decision in told.Decisions)
            Paragraph.Write(screen, 4, DecisionText.Of(decision, local), first: 2);
        foreach (var delivery in told.Deliveries)
            Paragraph.Write(screen, 4, DeliveryText.Of(delivery, local), first: 2);
        foreach (var run in told.Runs)
            Paragraph.Write(screen, 4, RunText.Of(run, local), first: 2);
    }
}
