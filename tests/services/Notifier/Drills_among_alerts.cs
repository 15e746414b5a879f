using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Notifier.Drills;
using Sigma.Simulator.Faults;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Drills_among_alerts
{
    readonly ShiftedClock _clock = new();

    [Theory, InlineData(0), InlineData(2)]
    public async Task A_drill_waits_behind_the_alerts_that_came_after_it_and_shares_no_message_with_them(int digestOver)
    {
        await using var notifier = await OneAMinute(digestOver);
        await notifier.Publish(Raised(Guid.NewGuid()));
        await UntilSent(notifier, 1); // there is no turn left

        await notifier.Publish(DrillRaised(Guid.NewGuid()));
        await UntilWaiting(notifier, 1);
        for (var account = 1; account <= 3; account++)
            await notifier.Publish(Raised(Guid.NewGuid(), account));
        await UntilWaiting(notifier, 4);
        foreach (var sent in digestOver > 0 ? (int[])[4, 5] : [2, 3, 4, 5])
        {
            _clock.Advance(TimeSpan.FromMinutes(1)); // the next turn; the drill lives for five
            await UntilSent(notifier, sent);
        }

        var messages = notifier.Simulator.Received.Messages.Select(m => m.Message).ToList();
        Assert.Equal(digestOver > 0 ? 3 : 5, messages.Count);
        Assert.StartsWith("🔧 *Teste do rastreador, ignore*", messages[^1]);
        Assert.DoesNotContain(messages.SkipLast(1), message => message.Contains("DRILL") || message.Contains("Teste"));
    }

    [Fact]
    public async Task A_drill_takes_no_turn_from_the_alert_that_comes_next()
    {
        await using var notifier = await OneAMinute(0);
        await notifier.Publish(DrillRaised(Guid.NewGuid()));
        await UntilSent(notifier, 1);

        await notifier.Publish(Raised(Guid.NewGuid()));
        await UntilSent(notifier, 2); // at once: the clock was not moved
    }

    [Fact]
    public async Task A_drill_that_fails_is_not_tried_again_and_holds_nobody_up()
    {
        await using var notifier = await OneAMinute(0);
        var outage = notifier.Simulator.Faults.Add(Fault.WithStatus("*/send_message", 503));
        var drill = Guid.NewGuid();
        await notifier.Publish(DrillRaised(drill));
        await notifier.Until(drill, "segware-alarm-event raised: skipped", "whatsapp raised: failed");
        outage.Dispose();

        await notifier.Publish(Raised(Guid.NewGuid()));
        await UntilSent(notifier, 1);
        Assert.Equal([0], await notifier.Query<long>("select held_until from notifier_recipients"));
    }

    [Fact]
    public async Task No_figure_tells_of_a_drill()
    {
        await using var notifier = await OneAMinute(0);
        using CountedMetrics metrics = new(notifier);
        await notifier.Publish(DrillRaised(Guid.NewGuid()));
        await UntilSent(notifier, 1);
        await notifier.Publish(Raised(Guid.NewGuid()));
        await UntilSent(notifier, 2);

        await notifier.Until(() => Task.FromResult(metrics["sigma.notifier.deliveries whatsapp raised sent"] >= 1), "the alert is not counted");
        Assert.Equal(1, metrics["sigma.notifier.deliveries whatsapp raised sent"]);
    }

    [Fact]
    public async Task Who_was_told_of_a_drill_is_told_of_its_end_however_late_and_nobody_of_one_that_comes_too_late()
    {
        await using var notifier = await OneAMinute(0);
        var told = Guid.NewGuid();
        var late = Guid.NewGuid();
        var raised = DrillRaised(told);
        var raisedLate = DrillRaised(late);
        await notifier.Publish(raised);
        await UntilSent(notifier, 1);

        _clock.Advance(Drill.Life + TimeSpan.FromMinutes(1));
        await notifier.Publish(raisedLate);
        await notifier.Publish(DrillCleared(raisedLate));
        await notifier.Publish(DrillCleared(raised));
        await UntilSent(notifier, 2);
        Assert.Empty(await notifier.Deliveries(late));
        Assert.StartsWith("🔧 *Fim do teste do rastreador, ignore*", notifier.Simulator.Received.Messages[1].Message);
    }

    [Fact]
    public async Task After_an_hour_nothing_is_left_of_a_drill_wherever_it_stopped()
    {
        await using var notifier = await OneAMinute(0);
        await notifier.Publish(Raised(Guid.NewGuid()));
        await UntilSent(notifier, 1);
        await notifier.Publish(DrillRaised(Guid.NewGuid()));
        await UntilWaiting(notifier, 1);
        var sweep = ActivatorUtilities.CreateInstance<DrillSweep>(notifier.Services);

        await sweep.Run(CancellationToken.None);
        Assert.Equal([1], await notifier.Query<long>("select count(*) from notifier_drills"));
        // it does not go before it is swept
        await notifier.Execute("update notifier_deliveries set next_attempt_at = 9000000000000 where state = 'waiting'");
        _clock.Advance(TimeSpan.FromMinutes(61));
        await sweep.Run(CancellationToken.None);

        Assert.Equal([0], await notifier.Query<long>("select count(*) from notifier_drills"));
        Assert.Equal(["sent"], await notifier.Query<string>("select state from notifier_deliveries where channel = 'whatsapp'"));
        Assert.Equal([1], await notifier.Query<long>("select count(*) from sigma_cloud_events_tracker_registers"));
    }

    Task<NotifierSession> OneAMinute(int digestOver) =>
        Start(_clock, ("Notifier:Channels:WhatsApp:MessageEvery", "00:01:00"), ("Notifier:Channels:WhatsApp:MessageBurst", "1"),
        ("Notifier:Channels:WhatsApp:DigestOver", $"{digestOver}"));

    AlertRaised DrillRaised(Guid alert) => Raised(alert, count: Drill.Events) with
    {
        Rule = Drill.Source, Source = Drill.Source, Labels = Drill.LabelsOf(alert, Drill.AllChannels), Threshold = Drill.Events,
        RaisedAt = _clock.GetUtcNow(),
    };

    AlertCleared DrillCleared(AlertRaised drill) => Cleared(drill.AlertId) with
    {
        Rule = drill.Rule, Source = drill.Source, Labels = drill.Labels, RaisedAt = drill.RaisedAt, ClearedAt = _clock.GetUtcNow(),
    };

    static Task UntilWaiting(NotifierSession notifier, int count) => Until(notifier, "waiting", count);

    static Task UntilSent(NotifierSession notifier, int count) => Until(notifier, "sent", count);

    static async Task<long> Count(NotifierSession notifier, string state) =>
        (await notifier.Query<long>("select count(*) from notifier_deliveries where channel = 'whatsapp' and state = @state", new { state }))[0];

    static Task Until(NotifierSession notifier, string state, int count) =>
        notifier.Until(async () => await Count(notifier, state) == count, $"{count} are not {state}");
}
