using Sigma.Contracts;
using Sigma.Notifier.Queries;
using Sigma.Storage;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Escalated_alerts
{
    const string Operators = "120363041234567890@g.us", Owner = "5511999990000", Boss = "5511999991111";

    readonly Guid _alert = Guid.NewGuid();
    readonly ShiftedClock _clock = new();

    [Fact]
    public async Task Are_told_to_the_next_receiver_when_nobody_takes_them_on_and_their_end_to_all_who_were_told()
    {
        await using var notifier = await StartChain();
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");

        _clock.Advance(TimeSpan.FromMinutes(9));
        await Task.Delay(1_500);
        Assert.Equal(["operators raised: sent"], await notifier.Deliveries(_alert));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await notifier.Until(_alert, "operators raised: sent", "owner raised: sent");
        await notifier.Restart(Chain()); // in the middle
        _clock.Advance(TimeSpan.FromMinutes(20));
        await notifier.Until(_alert, "boss raised: sent", "operators raised: sent", "owner raised: sent");
        _clock.Advance(TimeSpan.FromHours(5));
        await notifier.Publish(Cleared(_alert));

        await notifier.Until(_alert, "boss cleared: sent", "boss raised: sent", "operators cleared: sent", "operators raised: sent",
            "owner cleared: sent", "owner raised: sent");
        Assert.Equal(["routed", "escalated", "escalated"], await Decisions(notifier));
    }

    [Fact]
    public async Task Are_told_to_nobody_else_once_somebody_has_taken_them_on()
    {
        await using var notifier = await StartChain();
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");
        _clock.Advance(TimeSpan.FromMinutes(10));
        await notifier.Until(_alert, "operators raised: sent", "owner raised: sent");

        await notifier.Publish(Acknowledged(_alert));
        await notifier.Publish(Acknowledged(_alert, "Rui")); // whoever is first has it
        await UntilState(notifier, "acknowledged");
        _clock.Advance(TimeSpan.FromHours(2));
        await Task.Delay(1_500);

        Assert.Equal(["operators raised: sent", "owner raised: sent"], await notifier.Deliveries(_alert));
        Assert.Equal(["Ana"], await notifier.Query<string>("select acknowledged_by from sigma_cloud_events_tracker_registers"));
        Assert.Equal(["routed", "escalated", "acknowledged"], await Decisions(notifier));
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "operators cleared: sent", "operators raised: sent", "owner cleared: sent", "owner raised: sent");
    }

    [Fact]
    public async Task Are_told_to_nobody_else_once_they_are_over()
    {
        await using var notifier = await StartChain();
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");
        await notifier.Publish(Cleared(_alert));
        await UntilState(notifier, "cleared");

        _clock.Advance(TimeSpan.FromHours(2));
        await Task.Delay(1_500);

        Assert.Equal(["operators cleared: sent", "operators raised: sent"], await notifier.Deliveries(_alert));
    }

    [Fact]
    public async Task That_were_taken_on_or_cleared_before_their_raise_came_have_no_steps()
    {
        await using var notifier = await StartChain();
        await notifier.Publish(Acknowledged(_alert));
        await notifier.Until(async () => await notifier.Query<long>("select count(*) from notifier_decisions") is [1], "it is acknowledged");
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");
        var over = Guid.NewGuid();
        await notifier.Publish(Cleared(over));
        await notifier.Until(over, "operators cleared: pending");
        await notifier.Publish(Raised(over));
        await notifier.Until(over, "operators cleared: merged", "operators raised: sent");

        Assert.Equal([0L], await notifier.Query<long>("select count(*) from notifier_escalations"));
        Assert.Contains("(limite 20)", notifier.Simulator.Received.Messages[0].Message);
    }

    [Fact]
    public async Task Remind_who_was_told_already_and_their_end_is_told_once()
    {
        await using var notifier = await Start(_clock, [.. Chain().Where(s => !s.Item1.Contains("Escalations")),
            ("Notifier:Escalations:0:Name", "chain"), ("Notifier:Escalations:0:Repeat", "1"), ("Notifier:Escalations:0:Steps:0:After", "00:10:00"),
            ("Notifier:Escalations:0:Steps:0:Receiver", "first")]);
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: sent");
        _clock.Advance(TimeSpan.FromMinutes(10));
        await notifier.Until(_alert, "operators escalated-1: sent", "operators raised: sent");
        _clock.Advance(TimeSpan.FromMinutes(10));
        await notifier.Until(_alert, "operators escalated-1: sent", "operators escalated-2: sent", "operators raised: sent");
        await UntilState(notifier, "done");

        await notifier.Publish(Cleared(_alert));

        await notifier.Until(_alert, "operators cleared: sent", "operators escalated-1: sent", "operators escalated-2: sent",
            "operators raised: sent");
        Assert.Equal(4, notifier.Simulator.Received.Messages.Count);
    }

    [Fact]
    public async Task That_are_silenced_take_no_step_before_they_may_be_told()
    {
        await using var notifier = await StartChain();
        SilenceCommands silences = new(notifier.Database, _clock);
        var silence = await silences.Add(new(["account=7"], _clock.GetUtcNow(), _clock.GetUtcNow().AddDays(1), "Ana", "test"), default);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "operators raised: held");

        _clock.Advance(TimeSpan.FromMinutes(10));
        await notifier.Until(async () => (await Decisions(notifier)).Contains("unescalated"), "the step waits");
        Assert.Equal(["operators raised: held"], await notifier.Deliveries(_alert));
        await silences.End(silence, "Ana", default);
        await notifier.Until(_alert, "operators raised: sent");

        _clock.Advance(TimeSpan.FromMinutes(1));
        var now = _clock.GetUtcNow();
        await notifier.Until(async () => await notifier.Query<long>("select due_at from notifier_escalations") is [var due]
            && due.ToTime() >= now.AddMinutes(10) && due.ToTime() < now.AddMinutes(11),
            "the step has its own time from when the first could be told, not from when the silence would have ended");
        Assert.Equal(["operators raised: sent"], await notifier.Deliveries(_alert));
        _clock.Advance(TimeSpan.FromMinutes(10));

        await notifier.Until(_alert, "operators raised: sent", "owner raised: sent");
    }

    [Theory]
    [InlineData("Notifier:Routes:0:Escalation", "ladder", "Notifier__Routes__0__Escalation is ladder, which is no escalation")]
    [InlineData("Notifier:Escalations:0:Steps:0:Receiver", "nobody",
        "Notifier__Escalations__0__Steps__0__Receiver is nobody, which is none of the receivers: first, second, third")]
    [InlineData("Notifier:Escalations:0:Steps:0:After", "00:00:00", "Notifier__Escalations__0__Steps__0__After must be between 00:00:01 and")]
    public async Task Have_settings_that_are_checked(string key, string value, string line)
    {
        var exception = await Record.ExceptionAsync(async () =>
            await (await Start([.. Chain().Where(s => s.Item1 != key), (key, value)])).DisposeAsync());

        Assert.StartsWith(line, Sigma.Hosting.Settings.SettingsError.From(exception!));
    }

    Task<NotifierSession> StartChain() => Start(_clock, Chain());

    static (string, string)[] Chain() =>
    [
        .. Receiver(0, "first", "operators", Operators), .. Receiver(1, "second", "owner", Owner), .. Receiver(2, "third", "boss", Boss),
        ("Notifier:Routes:0:Name", "all"), ("Notifier:Routes:0:Escalation", "chain"), ("Notifier:Escalations:0:Name", "chain"),
        ("Notifier:Escalations:0:Steps:0:After", "00:10:00"), ("Notifier:Escalations:0:Steps:0:Receiver", "second"),
        ("Notifier:Escalations:0:Steps:1:After", "00:20:00"), ("Notifier:Escalations:0:Steps:1:Receiver", "third"),
    ];

    static (string, string)[] Receiver(int index, string name, string integration, string recipient) =>
    [
        ($"Notifier:Receivers:{index}:Name", name), ($"Notifier:Receivers:{index}:Integrations:0:Name", integration),
        ($"Notifier:Receivers:{index}:Integrations:0:Type", "whatsapp"), ($"Notifier:Receivers:{index}:Integrations:0:ChatPro:Recipient", recipient),
    ];

    internal static AlertAcknowledged Acknowledged(Guid alert, string by = "Ana") => new()
    {
        AlertId = alert, Rule = "excess", Kind = "count", Severity = "warning", Source = "segware", By = by, Comment = "I look at it",
        Labels = new Dictionary<string, string> { ["account"] = "7", ["cuc"] = "ALR", ["code"] = "E130" },
        RaisedAt = At("2026-11-20T21:00:30Z"), AcknowledgedAt = At("2026-11-20T21:05:30Z"),
    };

    static Task UntilState(NotifierSession notifier, string state) => notifier.Until(async () =>
        await notifier.Query<string>("select state from notifier_escalations") is [var found] && found == state, $"the escalation is {state}");

    Task<List<string>> Decisions(NotifierSession notifier) => notifier.Query<string>(
        "select kind from notifier_decisions where alert_id = @key order by decided_at, decision_id", new { key = _alert });
}
