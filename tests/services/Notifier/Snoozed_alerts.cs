using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Notifier.Snoozes;
using Sigma.Storage.ClockSteps;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Snoozed_alerts
{
    const string Operators = "120363041234567890@g.us", Owner = "5511999990000";

    readonly Guid _alert = Guid.NewGuid();
    readonly ShiftedClock _clock = new();

    [Fact]
    public async Task Are_told_once_more_when_their_snooze_is_over_and_only_then_to_others()
    {
        await using var notifier = await StartChain();
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");
        await Snooze(notifier, _clock.GetUtcNow().AddHours(2));

        _clock.Advance(TimeSpan.FromMinutes(10));
        await notifier.Until(async () => (await Decisions(notifier)).Contains("unescalated"), "the step waits");
        await notifier.Restart(Chain()); // in the middle
        Assert.Equal(["operators raised: sent"], await notifier.Deliveries(_alert));
        _clock.Advance(TimeSpan.FromMinutes(110));
        await notifier.Until(_alert, "operators raised: sent", "operators reminded-1: sent");
        _clock.Advance(TimeSpan.FromMinutes(10));
        await notifier.Until(_alert, "operators raised: sent", "operators reminded-1: sent", "owner raised: sent");
        await notifier.Publish(Cleared(_alert));

        await notifier.Until(_alert, "operators cleared: sent", "operators raised: sent", "operators reminded-1: sent", "owner cleared: sent",
            "owner raised: sent");
        Assert.Equal(["routed", "snoozed", "unescalated", "unsnoozed", "escalated"], await Decisions(notifier));
        Assert.Contains("told again on operators", (await Reasons(notifier)).Single(reason => reason.StartsWith("its time is over")));
    }

    [Fact]
    public async Task Are_told_once_more_when_a_person_ends_their_snooze_and_a_step_is_due_its_own_time_from_then()
    {
        await using var notifier = await StartChain();
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");
        await Snooze(notifier, null);
        _clock.Advance(TimeSpan.FromHours(5));
        await notifier.Until(async () => (await Decisions(notifier)).Contains("unescalated"), "the step waits");

        var ended = Ended(_clock.GetUtcNow());
        await notifier.Publish(ended);
        await notifier.Publish(ended);
        await notifier.Until(_alert, "operators raised: sent", "operators reminded-1: sent");
        _clock.Advance(TimeSpan.FromMinutes(10));
        await notifier.Until(_alert, "operators raised: sent", "operators reminded-1: sent", "owner raised: sent");

        Assert.Equal(3, notifier.Simulator.Received.Messages.Count);
    }

    [Fact]
    public async Task That_somebody_has_taken_on_meanwhile_are_told_to_nobody_again()
    {
        await using var notifier = await StartChain();
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");
        await Snooze(notifier, _clock.GetUtcNow().AddHours(2));
        await notifier.Publish(Escalated_alerts.Acknowledged(_alert));
        await notifier.Until(async () => (await Decisions(notifier)).Contains("acknowledged"), "somebody has it");

        _clock.Advance(TimeSpan.FromHours(3));
        await notifier.Until(async () => (await Decisions(notifier)).Contains("unsnoozed"), "the snooze is over");

        Assert.Equal(["operators raised: sent"], await notifier.Deliveries(_alert));
    }

    [Fact]
    public async Task Whose_snooze_is_heard_before_their_raise_are_held_until_it_is_over()
    {
        await using var notifier = await StartChain();
        await Snooze(notifier, _clock.GetUtcNow().AddHours(2));
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: held");
        var reason = (await notifier.Query<string>("select reason from notifier_deliveries")).Single();
        Assert.StartsWith("snoozed until ", reason);
        Assert.EndsWith(" by Ana: at lunch", reason);

        _clock.Advance(TimeSpan.FromHours(2));

        await notifier.Until(_alert, "operators raised: sent");
        await notifier.Until(async () => (await Decisions(notifier)).Contains("unsnoozed"), "the snooze is over");
        Assert.Equal(["operators raised: sent"], await notifier.Deliveries(_alert)); // once
        await Task.Delay(1_500); // the step that fell due meanwhile comes late
        Assert.Equal(["operators raised: sent"], await notifier.Deliveries(_alert));
        _clock.Advance(TimeSpan.FromMinutes(10));
        await notifier.Until(_alert, "operators raised: sent", "owner raised: sent");
    }

    [Fact]
    public async Task Are_told_no_more_once_they_are_over_and_their_end_is_told_through_the_snooze()
    {
        await using var notifier = await StartChain();
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");
        var until = _clock.GetUtcNow().AddHours(2);
        await Snooze(notifier, until);
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "operators cleared: sent", "operators raised: sent");

        await notifier.Publish(News(until, _clock.GetUtcNow())); // came late
        _clock.Advance(TimeSpan.FromHours(3));
        await Task.Delay(4_500);

        Assert.Equal(["operators cleared: sent", "operators raised: sent"], await notifier.Deliveries(_alert));
        Assert.Equal([0L], await notifier.Query<long>("select count(*) from notifier_snoozes where ended_at is null"));
    }

    [Fact]
    public async Task Whose_news_come_twice_and_out_of_order_are_as_the_newest_says()
    {
        await using var notifier = await StartChain();
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");
        var now = _clock.GetUtcNow();
        var (first, second, ended) = (News(now.AddHours(1), now), News(now.AddHours(8), now.AddSeconds(1)), Ended(now.AddSeconds(2)));

        await notifier.Publish(second);
        await UntilSnoozed(notifier, 1);
        await notifier.Publish(first);
        await notifier.Publish(second);
        _clock.Advance(TimeSpan.FromHours(2));
        await Task.Delay(4_500);
        Assert.Equal(["operators raised: sent"], await notifier.Deliveries(_alert));
        await notifier.Publish(ended);
        await notifier.Until(_alert, "operators raised: sent", "operators reminded-1: sent");
        foreach (var late in (AlertUpdated[])[first, second, ended])
            await notifier.Publish(late);
        await Task.Delay(1_500);

        await UntilSnoozed(notifier, 0);
        Assert.Equal(["operators raised: sent", "operators reminded-1: sent"], await notifier.Deliveries(_alert));
    }

    [Fact]
    public async Task Whose_snooze_was_written_while_a_clock_was_ahead_hear_what_comes_after()
    {
        await using var notifier = await StartChain();
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");
        await notifier.Publish(News(null, _clock.GetUtcNow().AddHours(5)));
        await UntilSnoozed(notifier, 1);
        await notifier.Execute("update notifier_snoozes set changed_at = changed_at + 3600000"); // if it was corrected already
        await using (var session = await notifier.Database.Begin(default))
        {
            await notifier.Services.GetServices<IClockStepRepair>().OfType<SnoozeTable>().Single()
                .Repair(session, _clock.GetUtcNow().ToUnixTimeMilliseconds(), default);
            await session.Commit(default);
        }

        await notifier.Publish(Ended(_clock.GetUtcNow().AddMinutes(1)));

        await notifier.Until(_alert, "operators raised: sent", "operators reminded-1: sent");
    }

    [Fact]
    public async Task Are_told_again_after_a_silence_that_lasts_longer()
    {
        await using var notifier = await Start(_clock, Receiver(0, "first", "operators", Operators));
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");
        await Snooze(notifier, _clock.GetUtcNow().AddHours(1));
        await new Sigma.Notifier.Queries.SilenceCommands(notifier.Database, _clock)
            .Add(new(["account=7"], _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(2), "Rui", "test"), default);

        _clock.Advance(TimeSpan.FromHours(1));
        await notifier.Until(_alert, "operators raised: sent", "operators reminded-1: held");
        _clock.Advance(TimeSpan.FromHours(1));

        await notifier.Until(_alert, "operators raised: sent", "operators reminded-1: sent");
    }

    async Task Snooze(NotifierSession notifier, DateTimeOffset? until)
    {
        await notifier.Publish(News(until, _clock.GetUtcNow()));
        await UntilSnoozed(notifier, 1);
    }

    static Task UntilSnoozed(NotifierSession notifier, long count) => notifier.Until(async () =>
        await notifier.Query<long>("select count(*) from notifier_snoozes where ended_at is null") is [var found] && found == count,
        $"{count} alerts are snoozed");

    AlertUpdated Ended(DateTimeOffset at) => News(null, at) with { Snoozed = false };

    AlertUpdated News(DateTimeOffset? until, DateTimeOffset at) => new()
    {
        AlertId = _alert, Rule = "excess", Kind = "count", Severity = "warning", Source = "segware", Change = AlertChange.Snoozed, By = "Ana",
        Comment = "at lunch", Snoozed = true, SnoozedUntil = until, RaisedAt = At("2026-11-20T21:00:30Z"), UpdatedAt = at,
        Labels = new Dictionary<string, string> { ["account"] = "7", ["cuc"] = "ALR", ["code"] = "E130" },
    };

    Task<NotifierSession> StartChain() => Start(_clock, Chain());

    static (string, string)[] Chain() =>
    [
        .. Receiver(0, "first", "operators", Operators), .. Receiver(1, "second", "owner", Owner),
        ("Notifier:Routes:0:Name", "all"), ("Notifier:Routes:0:Escalation", "chain"), ("Notifier:Escalations:0:Name", "chain"),
        ("Notifier:Escalations:0:Steps:0:After", "00:10:00"), ("Notifier:Escalations:0:Steps:0:Receiver", "second"),
    ];

    static (string, string)[] Receiver(int index, string name, string integration, string recipient) =>
    [
        ($"Notifier:Receivers:{index}:Name", name), ($"Notifier:Receivers:{index}:Integrations:0:Name", integration),
        ($"Notifier:Receivers:{index}:Integrations:0:Type", "whatsapp"), ($"Notifier:Receivers:{index}:Integrations:0:ChatPro:Recipient", recipient),
    ];

    Task<List<string>> Decisions(NotifierSession notifier) => notifier.Query<string>(
        "select kind from notifier_decisions where alert_id = @key order by decided_at, decision_id", new { key = _alert });

    Task<List<string>> Reasons(NotifierSession notifier) => notifier.Query<string>(
        "select reason from notifier_decisions where alert_id = @key", new { key = _alert });
}
