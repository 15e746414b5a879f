using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

/// <summary>Many alerts at once: turns, and digests.</summary>
public sealed class Storms
{
    [Fact]
    public async Task Of_six_alerts_at_once_five_go_out_and_the_sixth_when_its_turn_comes()
    {
        await using var storm = await Storm.Start(0);
        await storm.Raise(6);
        await storm.UntilSent(5);
        await storm.Notifier.Until(async () => await storm.Count("waiting") == 1, "the sixth does not wait in line");
        await storm.UntilIdle();

        Assert.Equal(5, storm.Messages.Count);
        Assert.Equal([0], await storm.Notifier.Query<long>("select attempts from notifier_deliveries where state = 'waiting'"));
        storm.Clock.Advance(TimeSpan.FromMinutes(1));
        await storm.UntilSent(6);
        Assert.Equal(6, storm.Messages.Count);
    }

    [Fact]
    public async Task When_many_wait_one_message_names_every_account()
    {
        await using var storm = await Storm.Start(5);
        await storm.Queue(40);
        using CountedMetrics metrics = new(storm.Notifier);

        storm.Clock.Advance(TimeSpan.FromMinutes(1));
        await storm.UntilSent(41);

        var digest = storm.Messages[1].Message.Split('\n');
        Assert.Equal("📋 *Resumo de 40 avisos*", digest[0]);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => $"🚨 *C{i}* Filial {i} · ALR · E130 · 20 eventos").Order(), digest.Skip(1).Order());
        Assert.Equal(2, storm.Messages.Count);
        Assert.Equal([1, 40], await storm.Notifier.Query<long>("select count(*) from notifier_deliveries group by receipt order by receipt"));
        await storm.Counted(metrics, "sigma.notifier.digests whatsapp", 1);
        await storm.Counted(metrics, "sigma.notifier.deliveries whatsapp raised sent", 40);
    }

    [Fact]
    public async Task Five_who_wait_are_told_one_by_one()
    {
        await using var storm = await Storm.Start(5);
        await storm.Queue(5);

        await storm.UntilSent(6, advance: true);

        Assert.Equal(6, storm.Messages.Count);
    }

    [Fact]
    public async Task A_digest_says_in_one_line_what_was_raised_and_cleared_while_it_waited()
    {
        await using var storm = await Storm.Start(5);
        var alerts = await storm.Queue(10);
        foreach (var (alert, account) in alerts.Take(4))
            await storm.Notifier.Publish(Cleared(alert, account));
        await storm.Notifier.Until(async () => await storm.Count("pending") == 4, "the clears are not there");

        storm.Clock.Advance(TimeSpan.FromMinutes(1));
        await storm.Notifier.Until(async () => (await storm.Count("sent"), await storm.Count("merged")) == (11, 4), "not all is said");

        var digest = storm.Messages[1].Message.Split('\n');
        Assert.Equal(4,
            digest.Count(line => line.StartsWith("ℹ️ *C", StringComparison.Ordinal)
                && line.EndsWith("· 20 eventos, já normalizado", StringComparison.Ordinal)));
        Assert.Equal(6, digest.Count(line => line.StartsWith("🚨 *C", StringComparison.Ordinal)));
        Assert.Equal(2, storm.Messages.Count);
    }

    [Fact]
    public async Task Ends_of_alerts_that_were_told_before_go_into_a_digest_too()
    {
        await using var storm = await Storm.Start(5);
        var alerts = await storm.Raise(8);
        await storm.UntilSent(8, advance: true);
        storm.Clock.Advance(TimeSpan.FromMinutes(1));
        await storm.Exhaust();
        foreach (var (alert, account) in alerts)
            await storm.Notifier.Publish(Cleared(alert, account));
        await storm.UntilWaiting(8);
        var before = storm.Messages.Count;

        await storm.UntilSent(17, advance: true);

        Assert.Equal(8, Assert.Single(storm.Messages.Skip(before)).Message.Split('\n')
            .Count(line => line.StartsWith("✅ *C", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_does_not_fit_into_a_digest_goes_into_the_next_as_if_it_had_not_been_tried()
    {
        await using var storm = await Storm.Start(2, ("Notifier:Channels:WhatsApp:Digest:Length", "500"));
        await storm.Queue(20);

        await storm.UntilSent(21, advance: true);

        Assert.All(storm.Messages, m => Assert.InRange(m.Message.Length, 1, 500));
        Assert.Equal(20, storm.Told.Where(code => code != "0042").Distinct().Count());
        Assert.InRange(storm.Messages.Count, 3, 5);
        Assert.Equal([1], await storm.Notifier.Query<long>("select distinct attempts from notifier_deliveries"));
    }

    [Fact]
    public async Task Every_alert_is_named_whatever_its_line_asks_for()
    {
        await using var storm = await Storm.Start(2, ("Notifier:Channels:WhatsApp:Digest:RaisedLine", "{cuc} {code}"),
            ("Notifier:Channels:WhatsApp:Digest:Heading", "{alerts} {raised} {cleared} {raisedAndCleared} {{}}"));
        await storm.Exhaust();
        var alerts = Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToList();
        foreach (var alert in alerts)
            await storm.Notifier.Publish(Raised(alert, labels: [("host", "db-1")]) with { Source = "metrics" });
        await storm.UntilWaiting(3);

        storm.Clock.Advance(TimeSpan.FromMinutes(1));
        await storm.UntilSent(4);

        var digest = storm.Messages[1].Message.Split('\n');
        Assert.Equal("3 3 0 0 {{}}", digest[0]);
        Assert.Equal(alerts.Select(a => $"excess {a}").Order(), digest.Skip(1).Order());
    }

    [Fact]
    public async Task Segware_takes_turns_and_several_events_in_one_call_where_that_is_set()
    {
        await using var storm = await Storm.StartWith(("Notifier:Channels:WhatsApp:Enabled", "false"),
            ("Notifier:Channels:SegwareAlarmEvent:MessageEvery", "00:01:00"), ("Notifier:Channels:SegwareAlarmEvent:MessageBurst", "1"),
            ("Notifier:Channels:SegwareAlarmEvent:DigestOver", "5"));
        await storm.Queue(10);

        storm.Clock.Advance(TimeSpan.FromMinutes(1));
        await storm.UntilSent(11);

        Assert.Equal(11, storm.Notifier.Simulator.Received.AlarmEvents.Select(e => e.Item.Account).Distinct().Count());
        Assert.Equal(2, storm.Notifier.Simulator.Received.Calls.Count(c => c.Path == "/v3/events/alarm"));
        Assert.Equal([11], await storm.Notifier.Query<long>("select count(*) from sigma_cloud_alarm_events where status = 'sent'"));
    }
}
