using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.Cli.Data;
using Sigma.Cli.Explain;
using Sigma.Cli.Settings;
using Sigma.Notifier;
using Sigma.Notifier.Queries;
using Sigma.Notifier.Texts;
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
            var settings = CliSettings.Load(typed);
            var zone = new LocalTime(Options.Create(settings.Of<NotifierOptions>("Notifier")), NullLogger<LocalTime>.Instance).Zone;
            var database = await DatabaseConnection.Open(settings, ct);
            await using var connection = await database.Open(ct);
            EpisodeQuery query = new(connection);
            if (await query.Find(typed.GetValue(id), ct) is not { } episode)
            {
                screen.Say("No notifier has written this alert down.");
                return ExitCode.ProblemFound;
            }
            Show(screen, episode, await query.Decisions(episode.AlertId, ct), await query.Deliveries(episode.AlertId, ct),
                await query.Runs(episode.AlertId, ct), new(zone, time.Milliseconds()));
            return ExitCode.Ok;
        });
        return telling;
    }

    static void Show(Screen screen, PastEpisode episode, IReadOnlyList<PastDecision> decisions, IReadOnlyList<PastDelivery> deliveries,
        IReadOnlyList<PastRun> runs, LocalTimes local)
    {
        if (screen.Json)
        {
            foreach (var decision in decisions)
                screen.Line(new { kind = "decision", decision = decision.Kind, channel = decision.Channel, at = decision.DecidedAt.ToTime(),
                    reason = decision.Reason });
            foreach (var delivery in deliveries)
                screen.Line(new { kind = "delivery", says = delivery.Kind, channel = delivery.Channel, state = delivery.State.Stored(),
                    at = delivery.CreatedAt.ToTime(), reason = delivery.Reason });
            foreach (var run in runs)
                screen.Line(RunText.Json(run));
            return;
        }
        screen.Line($"{Screen.OneLine(episode.Rule)}: {Screen.Labels(episode.Labels)}");
        screen.Line($"  raised {(episode.RaisedAt is { } raised ? local.Show(raised) : "?")}"
            + (episode.ClearedAt is { } cleared ? $", cleared {local.Show(cleared)}" : ", not cleared"));
        foreach (var decision in decisions)
            Paragraph.Write(screen, 4, DecisionText.Of(decision, local), first: 2);
        foreach (var delivery in deliveries)
            Paragraph.Write(screen, 4, DeliveryText.Of(delivery, local), first: 2);
        foreach (var run in runs)
            Paragraph.Write(screen, 4, RunText.Of(run, local), first: 2);
    }
}
