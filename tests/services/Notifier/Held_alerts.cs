using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Notifier.Holds;
using Sigma.Notifier.Queries;
using Sigma.Simulator.Faults;
using Sigma.Storage;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Held_alerts
{
    const string Send = "*/send_message";

    readonly Guid _alert = Guid.NewGuid();
    readonly ShiftedClock _clock = new();

    [Fact]
    public async Task Are_told_when_their_silence_is_over_and_they_last()
    {
        await using var notifier = await StartQuiet();
        await Silence(notifier, TimeSpan.FromHours(2), "account=7");

        await notifier.Publish(Raised(_alert));
        await notifier.Publish(Raised(Guid.NewGuid(), labels: ("account", "8")));
        await notifier.Until(_alert, "whatsapp raised: held");
        Assert.StartsWith("silenced until ", await Reason(notifier, "raised"));
        await notifier.Until(async () => notifier.Simulator.Received.Messages.Count == 1, "the other alert is told");

        _clock.Advance(TimeSpan.FromHours(2));
        await notifier.Until(_alert, "whatsapp raised: sent");
        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "whatsapp cleared: sent", "whatsapp raised: sent");
        Assert.Equal(["held silenced", "released no longer"], await Decisions(notifier));
    }

    [Fact]
    public async Task Are_not_told_at_all_when_they_are_over_before_that()
    {
        await using var notifier = await StartQuiet();
        await Silence(notifier, TimeSpan.FromHours(2), "account=7");
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: held");

        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "whatsapp cleared: skipped", "whatsapp raised: skipped");
        _clock.Advance(TimeSpan.FromHours(3));
        await Look(notifier);

        Assert.Empty(notifier.Simulator.Received.Messages);
        Assert.StartsWith("over before it was told: silenced until", await Reason(notifier, "raised"));
        Assert.StartsWith("the alert was not delivered: over before it was told: silenced", await Reason(notifier, "cleared"));
        Assert.Equal(["held silenced", "over over"], await Decisions(notifier));
    }

    [Fact]
    public async Task Whose_end_comes_before_their_raise_are_not_told_either()
    {
        await using var notifier = await StartQuiet();
        await Silence(notifier, TimeSpan.FromHours(2), "account=7");

        await notifier.Publish(Cleared(_alert));
        await notifier.Until(_alert, "whatsapp cleared: pending");
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp cleared: skipped", "whatsapp raised: skipped");

        Assert.Empty(notifier.Simulator.Received.Messages);
    }

    [Fact]
    public async Task Are_told_at_once_when_a_person_ends_the_silence()
    {
        await using var notifier = await StartQuiet();
        var silence = await Silence(notifier, TimeSpan.FromDays(30), "code=~E1.*");
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: held");
        _clock.Advance(TimeSpan.FromDays(20)); // longer than a delivery matters

        Assert.True(await Silences(notifier).End(silence, "Ana", default));
        Assert.False(await Silences(notifier).End(silence, "Ana", default));

        await notifier.Until(_alert, "whatsapp raised: sent");
    }

    [Fact]
    public async Task That_were_told_before_the_silence_are_cleared_through_it()
    {
        await using var notifier = await StartQuiet();
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: sent");

        await Silence(notifier, TimeSpan.FromHours(2), "account=7");
        await notifier.Publish(Cleared(_alert));

        await notifier.Until(_alert, "whatsapp cleared: sent", "whatsapp raised: sent");
    }

    [Fact]
    public async Task That_wait_in_line_when_the_silence_begins_are_held_and_those_that_were_tried_go_on()
    {
        await using var notifier = await StartQuiet(("Notifier:Deliveries:RetryFrom", "00:10:00"), ("Notifier:Deliveries:RetryTo", "00:10:00"));
        var outage = notifier.Simulator.Faults.Add(Fault.WithStatus(Send, 503));
        var tried = Guid.NewGuid();
        await notifier.Publish(Raised(tried));
        await notifier.Until(async () => await notifier.Query<long>("select attempts from notifier_deliveries") is [1], "it was never tried");
        await notifier.Publish(Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: waiting");
        await Silence(notifier, TimeSpan.FromHours(2), "account=7");
        outage.Dispose();

        _clock.Advance(TimeSpan.FromMinutes(15));

        await notifier.Until(tried, "whatsapp raised: sent");
        await notifier.Until(_alert, "whatsapp raised: held");
        Assert.Single(notifier.Simulator.Received.Messages);
    }

    [Fact]
    public async Task Of_a_maintenance_window_wait_for_its_end_and_so_do_those_out_of_hours()
    {
        var hour = _clock.GetUtcNow().AddMinutes(-1);
        var window = $"{hour:HH:mm}-{hour.AddMinutes(30):HH:mm} UTC";
        await using var notifier = await StartQuiet(("Notifier:Maintenance:0:Name", "backup"), ("Notifier:Maintenance:0:Matchers:0", "account=7"),
            ("Notifier:Maintenance:0:Hours:0", window), ("Notifier:Routes:0:Name", "later"), ("Notifier:Routes:0:Matchers:0", "account=8"),
            ("Notifier:Routes:0:Hours:0", $"{hour.AddMinutes(20):HH:mm}-{hour.AddMinutes(50):HH:mm} UTC"));
        var out_of_hours = Guid.NewGuid();
        await notifier.Publish(Raised(_alert));
        await notifier.Publish(Raised(out_of_hours, labels: ("account", "8")));

        await notifier.Until(_alert, "whatsapp raised: held");
        await notifier.Until(out_of_hours, "whatsapp raised: held");
        Assert.StartsWith("maintenance backup until ", await Reason(notifier, "raised"));
        _clock.Advance(TimeSpan.FromMinutes(21));
        await notifier.Until(out_of_hours, "whatsapp raised: sent");
        Assert.Equal(["whatsapp raised: held"], await notifier.Deliveries(_alert));
        _clock.Advance(TimeSpan.FromMinutes(10));
        await notifier.Until(_alert, "whatsapp raised: sent");
    }

    [Fact]
    public async Task That_another_inhibits_are_told_when_that_is_over()
    {
        await using var notifier = await StartQuiet(Provider);
        var provider = Guid.NewGuid();
        await notifier.Publish(Of(Raised(provider, labels: [("site", "a"), ("what", "provider")])));
        await notifier.Until(provider, "whatsapp raised: sent");

        await notifier.Publish(Raised(_alert, labels: [("site", "a"), ("what", "panel")]));
        var elsewhere = Guid.NewGuid();
        await notifier.Publish(Raised(elsewhere, labels: [("site", "b"), ("what", "panel")]));
        await notifier.Until(_alert, "whatsapp raised: held");
        await notifier.Until(elsewhere, "whatsapp raised: sent");
        Assert.Equal($"inhibited (outage) by alert {provider}", await Reason(notifier, "raised"));

        await notifier.Restart([.. Quiet, .. Provider]);
        await notifier.Publish(new AlertCleared
        {
            AlertId = provider, Rule = "excess", Severity = "warning", Source = "segware", Count = 1, Threshold = 20, Reason = "volume-normal",
            Labels = new Dictionary<string, string> { ["site"] = "a", ["what"] = "provider" }, RaisedAt = At("2026-11-20T21:00:30Z"),
            ClearedAt = At("2026-11-20T22:00:30Z"),
        });
        await notifier.Until(_alert, "whatsapp raised: sent");

        static AlertRaised Of(AlertRaised alert) => alert;
    }

    [Fact]
    public async Task That_were_told_before_another_could_inhibit_them_are_cleared_all_the_same()
    {
        await using var notifier = await StartQuiet(Provider);
        await notifier.Publish(Raised(_alert, labels: [("site", "a"), ("what", "panel"), ("account", "7")]));
        await notifier.Until(_alert, "whatsapp raised: sent");
        var provider = Guid.NewGuid();
        await notifier.Publish(Raised(provider, labels: [("site", "a"), ("what", "provider")]));
        await notifier.Until(provider, "whatsapp raised: sent");

        await notifier.Publish(Cleared(_alert));

        await notifier.Until(_alert, "whatsapp cleared: sent", "whatsapp raised: sent");
    }

    [Fact]
    public async Task Of_a_drill_are_held_by_nothing()
    {
        await using var notifier = await StartQuiet();
        await Silence(notifier, TimeSpan.FromHours(2), "source=~.*");

        var drill = Guid.NewGuid();
        var raised = Raised(drill);
        await notifier.Publish(raised with
        {
            Source = Drill.Source, Rule = Drill.Source, Labels = Drill.LabelsOf(drill, Drill.AllChannels), RaisedAt = _clock.GetUtcNow(),
        });

        await notifier.Until(drill, "segware-alarm-event raised: skipped", "whatsapp raised: sent");
    }

    static readonly (string, string)[] Quiet = [("Notifier:Channels:SegwareAlarmEvent:Enabled", "false")];

    static readonly (string, string)[] Provider =
    [
        ("Notifier:Inhibitions:0:Name", "outage"), ("Notifier:Inhibitions:0:Source:0", "what=provider"),
        ("Notifier:Inhibitions:0:Target:0", "what!=provider"), ("Notifier:Inhibitions:0:Equal:0", "site"),
    ];

    Task<NotifierSession> StartQuiet(params (string, string)[] settings) => Start(_clock, [.. Quiet, .. settings]);

    SilenceCommands Silences(NotifierSession notifier) => new(notifier.Database, _clock);

    async Task<Guid> Silence(NotifierSession notifier, TimeSpan length, params string[] matchers)
    {
        var now = _clock.GetUtcNow();
        var silence = await Silences(notifier).Add(new(matchers, now, now + length, "Ana", "the panel is being replaced"), default);
        _clock.Advance(TimeSpan.FromSeconds(2)); // so long it may take until it is known
        return silence;
    }

    static async Task Look(NotifierSession notifier) =>
        await notifier.Services.GetRequiredService<HeldSweep>().Run(default);

    async Task<string?> Reason(NotifierSession notifier, string kind) =>
        (await notifier.Query<string>("select reason from notifier_deliveries where alert_id = @key and kind = @kind",
            new { key = _alert, kind })).Single();

    /// <summary>Kind and first word of each decision.</summary>
    async Task<IEnumerable<string>> Decisions(NotifierSession notifier) =>
        (await notifier.Query<string>("select kind || ' ' || reason from notifier_decisions where alert_id = @key order by decided_at, decision_id",
            new { key = _alert })).Select(line => string.Join(' ', line.Split(' ').Take(line.StartsWith("released") ? 3 : 2)));
}
