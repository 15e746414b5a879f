using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.Deliveries;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using static Sigma.UnitTests.Notifier.NotifierSession;

namespace Sigma.UnitTests.Notifier;

public sealed partial class Storms
{
    const string Send = "*/send_message";
    readonly ShiftedClock _clock = new();

    [Fact]
    public async Task Of_six_alerts_at_once_five_go_out_and_the_sixth_when_its_turn_comes()
    {
        await using var notifier = await Station(0);
        await Raise(notifier, 6);
        await UntilSent(notifier, 5);
        await notifier.Until(async () => await Count(notifier, "waiting") == 1, "the sixth does not wait in line");
        await Task.Delay(TimeSpan.FromSeconds(1.5)); // nothing else may happen

        Assert.Equal(5, notifier.Simulator.Received.Messages.Count);
        Assert.Equal([0], await notifier.Query<long>("select attempts from notifier_deliveries where state = 'waiting'"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await UntilSent(notifier, 6);
        Assert.Equal(6, notifier.Simulator.Received.Messages.Count);
    }

    [Fact]
    public async Task When_many_wait_one_message_names_every_account()
    {
        await using var notifier = await Station(5);
        await Exhaust(notifier);
        await Raise(notifier, 40);
        await UntilWaiting(notifier, 40);
        using CountedMetrics metrics = new(notifier);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await UntilSent(notifier, 41);

        var digest = notifier.Simulator.Received.Messages[1].Message.Split('\n');
        Assert.Equal("📋 *Resumo de 40 avisos*", digest[0]);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => $"🚨 *C{i}* Filial {i} · ALR · E130 · 20 eventos").Order(), digest.Skip(1).Order());
        Assert.Equal(2, notifier.Simulator.Received.Messages.Count);
        Assert.Equal([1, 40], await notifier.Query<long>("select count(*) from notifier_deliveries group by receipt order by receipt"));
        await Counted(notifier, metrics, "sigma.notifier.digests whatsapp", 1);
        await Counted(notifier, metrics, "sigma.notifier.deliveries whatsapp raised sent", 40);
    }

    [Fact]
    public async Task Five_who_wait_are_told_one_by_one()
    {
        await using var notifier = await Station(5);
        await Exhaust(notifier);
        await Raise(notifier, 5);
        await UntilWaiting(notifier, 5);

        await UntilSent(notifier, 6, advance: true);

        Assert.Equal(6, notifier.Simulator.Received.Messages.Count);
    }

    [Fact]
    public async Task A_digest_says_in_one_line_what_was_raised_and_cleared_while_it_waited()
    {
        await using var notifier = await Station(5);
        await Exhaust(notifier);
        var alerts = await Raise(notifier, 10);
        await UntilWaiting(notifier, 10);
        foreach (var (alert, account) in alerts.Take(4))
            await notifier.Publish(Cleared(alert, account));
        await notifier.Until(async () => await Count(notifier, "pending") == 4, "the clears are not there");

        _clock.Advance(TimeSpan.FromMinutes(1));
        await notifier.Until(async () => (await Count(notifier, "sent"), await Count(notifier, "merged")) == (11, 4), "not all is said");

        var digest = notifier.Simulator.Received.Messages[1].Message.Split('\n');
        Assert.Equal(4, digest.Count(line => line.StartsWith("ℹ️ *C", StringComparison.Ordinal) && line.EndsWith("· 20 eventos, já normalizado", StringComparison.Ordinal)));
        Assert.Equal(6, digest.Count(line => line.StartsWith("🚨 *C", StringComparison.Ordinal)));
        Assert.Equal(2, notifier.Simulator.Received.Messages.Count);
    }

    [Fact]
    public async Task Ends_of_alerts_that_were_told_before_go_into_a_digest_too()
    {
        await using var notifier = await Station(5);
        var alerts = await Raise(notifier, 8);
        await UntilSent(notifier, 8, advance: true);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Exhaust(notifier);
        foreach (var (alert, account) in alerts)
            await notifier.Publish(Cleared(alert, account));
        await UntilWaiting(notifier, 8);
        var before = notifier.Simulator.Received.Messages.Count;

        await UntilSent(notifier, 17, advance: true);

        Assert.Equal(8, Assert.Single(notifier.Simulator.Received.Messages.Skip(before)).Message.Split('\n').Count(line => line.StartsWith("✅ *C", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_digest_that_may_have_been_heard_is_sent_again_and_counted()
    {
        await using var notifier = await Station(5, ("ChatPro:Patience:Timeout", "00:00:00.5"));
        await Exhaust(notifier);
        await Raise(notifier, 12);
        await UntilWaiting(notifier, 12);
        using CountedMetrics metrics = new(notifier);
        notifier.Simulator.Faults.Add(Fault.DoneThenHanging(Send) with { Count = 1 });

        await UntilSent(notifier, 13, advance: true);

        await Counted(notifier, metrics, "sigma.notifier.deliveries.uncertain whatsapp raised sent_again", 12);
        var told = Told(notifier);
        Assert.All(Enumerable.Range(1, 12), i => Assert.Equal(2, told.Count(code => code == $"C{i}")));
    }

    [Fact]
    public async Task A_digest_that_may_have_been_heard_waits_for_a_person_where_that_is_set()
    {
        await using var notifier = await Station(5, ("ChatPro:Patience:Timeout", "00:00:00.5"), ("Notifier:Channels:WhatsApp:WhenUncertain", "AskAPerson"));
        await Exhaust(notifier);
        await Raise(notifier, 12);
        await UntilWaiting(notifier, 12);
        using CountedMetrics metrics = new(notifier);
        notifier.Simulator.Faults.Add(Fault.DoneThenHanging(Send) with { Count = 1 });

        _clock.Advance(TimeSpan.FromMinutes(1));
        await notifier.Until(async () => await Count(notifier, "uncertain") == 12, "nobody is asked");

        await Counted(notifier, metrics, "sigma.notifier.deliveries.uncertain whatsapp raised asked", 12);
        Assert.Equal(2, notifier.Simulator.Received.Messages.Count);
    }

    [Fact]
    public async Task A_digest_whose_notifier_died_with_it_in_hand_is_sent_by_the_next_and_the_others_follow()
    {
        await using var notifier = await Station(5, ("Notifier:Channels:WhatsApp:DigestSize", "20"));
        await Exhaust(notifier);
        await Raise(notifier, 30);
        await UntilWaiting(notifier, 30);
        using CountedMetrics metrics = new(notifier);
        // What a killed notifier leaves: claims, and no message that would come for them.
        await notifier.Execute(
            $"""
            update notifier_deliveries set state = 'sending', attempts = 1, claimed_until = {Now() + 45_000}, next_attempt_at = {Now() + 45_000}
            where delivery_id in (select delivery_id from notifier_deliveries where state = 'waiting' order by next_attempt_at limit 20)
            """);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await notifier.Until(async () => await Count(notifier, "sent") >= 11, "those who were not in its hand do not follow");
        _clock.Advance(TimeSpan.FromMinutes(3));
        await notifier.Services.GetRequiredService<Sweep>().SendAgain(default);
        await UntilSent(notifier, 31, advance: true);

        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"C{i}").Order(), Told(notifier).Where(code => code != "0042").Order());
        Assert.InRange(notifier.Simulator.Received.Messages.Count, 3, 6);
        await Counted(notifier, metrics, "sigma.notifier.deliveries.uncertain whatsapp raised sent_again", 20);
    }

    [Fact]
    public async Task Too_many_requests_holds_the_whole_line_for_as_long_as_it_says()
    {
        await using var notifier = await Station(5, ("Notifier:Channels:WhatsApp:MessageEvery", "00:00:05"));
        notifier.Simulator.Faults.Add(Fault.TooMany(Send, TimeSpan.FromMinutes(10)) with { Count = 1 });
        await Raise(notifier, 30);
        await notifier.Until(async () => await Count(notifier, "waiting") >= 29, "they do not wait in line"); // the refused one waits by itself, if it was one
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(3));
            await Task.Delay(1200); // as long as the relay sleeps at most
        }
        Assert.Equal(1, Calls(notifier));
        Assert.Empty(notifier.Simulator.Received.Messages);

        _clock.Advance(TimeSpan.FromMinutes(2));
        await UntilSent(notifier, 30, advance: true);

        Assert.InRange(notifier.Simulator.Received.Messages.Count, 1, 6);
        Assert.Equal(30, Told(notifier).Distinct().Count());
    }

    [Fact]
    public async Task A_line_ChatPro_refuses_for_good_does_not_take_the_others_of_its_digest_with_it()
    {
        await using var notifier = await Station(5);
        await Exhaust(notifier);
        await Raise(notifier, 16);
        await UntilWaiting(notifier, 16);
        var calls = Calls(notifier);
        notifier.Simulator.Faults.Add(Fault.WithStatus(Send, 400) with { Count = 5 }); // 16, 8, 4, 2, and then the one

        await notifier.Until(async () =>
        {
            await MoveOn(notifier, TimeSpan.FromSeconds(10));
            return (await Count(notifier, "sent"), await Count(notifier, "failed")) == (16, 1);
        }, "not all but one are told");

        Assert.Contains("400", (await notifier.Query<string>("select reason from notifier_deliveries where state = 'failed'"))[0]);
        Assert.Equal(15, Told(notifier).Where(code => code != "0042").Distinct().Count());
        Assert.InRange(Calls(notifier) - calls, 7, 9);
    }

    [Fact]
    public async Task While_ChatPro_is_down_the_line_is_tried_with_one_and_then_told_in_a_few_messages()
    {
        await using var notifier = await Station(5, ("Notifier:Deliveries:RetryFrom", "00:00:05"), ("Notifier:Deliveries:RetryTo", "00:05:00"));
        var outage = notifier.Simulator.Faults.Add(Fault.WithStatus(Send, 503));
        await Raise(notifier, 60);
        await notifier.Until(async () => await Count(notifier, "sent") == 0 && await Count(notifier, "waiting") >= 59, "they do not wait");
        await notifier.Until(async () =>
        {
            await MoveOn(notifier, TimeSpan.FromSeconds(40));
            return outage.Hits >= 9;
        }, "it is not tried again");
        outage.Dispose();
        await UntilSent(notifier, 60, advance: true);

        Assert.InRange(notifier.Simulator.Received.Messages.Count, 2, 8);
        Assert.Equal(60, Told(notifier).Count());
        Assert.Equal(60, Told(notifier).Distinct().Count());
    }

    [Fact]
    public async Task Tries_go_on_for_more_than_a_day()
    {
        await using var notifier = await Station(5, ("Notifier:Deliveries:GiveUpAfter", "2.00:00:00"), ("Notifier:Deliveries:RetryTo", "00:05:00"));
        var outage = notifier.Simulator.Faults.Add(Fault.WithStatus(Send, 503));
        await notifier.Publish(Raised(Guid.NewGuid()));
        for (var tries = 1; tries <= 10; tries++)
        {
            await notifier.Until(() => Task.FromResult(outage.Hits >= tries), $"try {tries} is not made");
            _clock.Advance(TimeSpan.FromHours(3));
        }
        outage.Dispose();
        await UntilSent(notifier, 1, advance: true);

        Assert.Single(notifier.Simulator.Received.Messages);
        Assert.InRange((await notifier.Query<long>("select settled_at - created_at from notifier_deliveries"))[0], TimeSpan.FromHours(27).TotalMilliseconds, double.MaxValue);
    }

    [Fact]
    public async Task A_line_whose_call_was_lost_is_found_by_the_sweep()
    {
        await using var notifier = await Station(5);
        await Exhaust(notifier);
        await Raise(notifier, 10);
        await UntilWaiting(notifier, 10);
        await notifier.Execute("delete from outbox");
        var sweep = notifier.Services.GetRequiredService<Sweep>();

        Assert.Equal(0, await sweep.SendAgain(default));
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal((1, 0), (await sweep.SendAgain(default), await sweep.SendAgain(default)));
        await UntilSent(notifier, 11);
        Assert.Equal(2, notifier.Simulator.Received.Messages.Count);
    }

    [Fact]
    public async Task What_does_not_fit_into_a_digest_goes_into_the_next_as_if_it_had_not_been_tried()
    {
        await using var notifier = await Station(2, ("Notifier:Channels:WhatsApp:Digest:Length", "500"));
        await Exhaust(notifier);
        await Raise(notifier, 20);
        await UntilWaiting(notifier, 20);

        await UntilSent(notifier, 21, advance: true);

        Assert.All(notifier.Simulator.Received.Messages, m => Assert.InRange(m.Message.Length, 1, 500));
        Assert.Equal(20, Told(notifier).Where(code => code != "0042").Distinct().Count());
        Assert.InRange(notifier.Simulator.Received.Messages.Count, 3, 5);
        Assert.Equal([1], await notifier.Query<long>("select distinct attempts from notifier_deliveries"));
    }

    [Fact]
    public async Task Names_that_do_not_come_in_time_do_not_hold_a_digest()
    {
        await using var notifier = await Station(5, ("Notifier:Accounts:Patience", "00:00:01"), ("Notifier:Accounts:KeepFor", "00:00:01"));
        await Exhaust(notifier);
        await Raise(notifier, 30);
        await UntilWaiting(notifier, 30);
        notifier.Simulator.Faults.Add(Fault.Hanging("/v5/accounts/*"));

        _clock.Advance(TimeSpan.FromMinutes(1)); // the names are no longer good
        await UntilSent(notifier, 31);

        Assert.Contains("🚨 *C7* Filial 7 ·", notifier.Simulator.Received.Messages[1].Message);
    }

    [Fact]
    public async Task Every_alert_is_named_whatever_its_line_asks_for()
    {
        await using var notifier = await Station(2, ("Notifier:Channels:WhatsApp:Digest:RaisedLine", "{cuc} {code}"),
            ("Notifier:Channels:WhatsApp:Digest:Heading", "{alerts} {raised} {cleared} {raisedAndCleared} {{}}"));
        await Exhaust(notifier);
        var alerts = Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToList();
        foreach (var alert in alerts)
            await notifier.Publish(Raised(alert, labels: [("host", "db-1")]) with { Source = "metrics" });
        await UntilWaiting(notifier, 3);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await UntilSent(notifier, 4);

        var digest = notifier.Simulator.Received.Messages[1].Message.Split('\n');
        Assert.Equal("3 3 0 0 {{}}", digest[0]);
        Assert.Equal(alerts.Select(a => $"excess {a}").Order(), digest.Skip(1).Order());
    }

    [Fact]
    public async Task Segware_takes_turns_and_several_events_in_one_call_where_that_is_set()
    {
        await using var notifier = await Start(_clock, ("Notifier:Channels:WhatsApp:Enabled", "false"),
            ("Notifier:Channels:SegwareAlarmEvent:MessageEvery", "00:01:00"), ("Notifier:Channels:SegwareAlarmEvent:MessageBurst", "1"),
            ("Notifier:Channels:SegwareAlarmEvent:DigestOver", "5"));
        await Exhaust(notifier);
        await Raise(notifier, 10);
        await UntilWaiting(notifier, 10);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await UntilSent(notifier, 11);

        Assert.Equal(11, notifier.Simulator.Received.AlarmEvents.Select(e => e.Item.Account).Distinct().Count());
        Assert.Equal(2, notifier.Simulator.Received.Calls.Count(c => c.Path == "/v3/events/alarm"));
        Assert.Equal([11], await notifier.Query<long>("select count(*) from sigma_cloud_alarm_events where status = 'sent'"));
    }

    /// <summary>WhatsApp alone, a message a minute; with digests one at a time, else five at once.</summary>
    Task<NotifierSession> Station(int digestOver, params (string Key, string Value)[] settings) => Start(_clock,
    [
        .. settings.UnionBy<(string Key, string Value), string>(
        [
            ("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"), ("Notifier:Channels:WhatsApp:MessageEvery", "00:01:00"),
            ("Notifier:Channels:WhatsApp:MessageBurst", digestOver > 0 ? "1" : "5"), ("Notifier:Channels:WhatsApp:DigestOver", $"{digestOver}"),
        ], setting => setting.Key),
    ]);

    /// <summary>Uses up the turn there is, so that what comes after has to wait.</summary>
    static async Task Exhaust(NotifierSession notifier)
    {
        var sent = await Count(notifier, "sent");
        await notifier.Publish(Raised(Guid.NewGuid()));
        await notifier.Until(async () => await Count(notifier, "sent") == sent + 1, "there was no turn");
    }

    static async Task<List<(Guid Alert, long Account)>> Raise(NotifierSession notifier, int count)
    {
        List<(Guid, long)> alerts = [];
        for (var i = 1; i <= count; i++)
        {
            notifier.Simulator.Segware.Accounts.Add(new Account(1000 + i, $"C{i}", 3, 101, $"Filial {i}"));
            alerts.Add((Guid.NewGuid(), 1000 + i));
            await notifier.Publish(Raised(alerts[^1].Item1, 1000 + i));
        }
        return alerts;
    }

    /// <summary>Account codes, as often as messages name them.</summary>
    static IEnumerable<string> Told(NotifierSession notifier) =>
        notifier.Simulator.Received.Messages.SelectMany(m => Code().Matches(m.Message)).Select(m => m.Groups[1].Value);

    /// <summary>A thing is counted once it is committed, which is a moment after it can be seen.</summary>
    static async Task Counted(NotifierSession notifier, CountedMetrics metrics, string nameAndTags, long expected)
    {
        await notifier.Until(() => Task.FromResult(metrics[nameAndTags] >= expected), $"{nameAndTags} is not {expected}");
        Assert.Equal(expected, metrics[nameAndTags]);
    }

    static int Calls(NotifierSession notifier) => notifier.Simulator.Received.Calls.Count(c => c.Path.EndsWith("send_message", StringComparison.Ordinal));

    static async Task<long> Count(NotifierSession notifier, string state) =>
        (await notifier.Query<long>("select count(*) from notifier_deliveries where state = @state", new { state }))[0];

    static Task UntilWaiting(NotifierSession notifier, int count) =>
        notifier.Until(async () => await Count(notifier, "waiting") == count, $"{count} do not wait in line");

    Task UntilSent(NotifierSession notifier, int count, bool advance = false) => notifier.Until(async () =>
    {
        if (advance)
            await MoveOn(notifier, TimeSpan.FromSeconds(10));
        return await Count(notifier, "sent") == count;
    }, $"{count} are not sent");

    /// <summary>Not while a delivery is in hand, and then by less than its claim lasts.</summary>
    async Task MoveOn(NotifierSession notifier, TimeSpan by)
    {
        if (await Count(notifier, "sending") == 0)
            _clock.Advance(by);
    }

    long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    [GeneratedRegex(@"\*(C?\d+)\*")]
    private static partial Regex Code();
}
