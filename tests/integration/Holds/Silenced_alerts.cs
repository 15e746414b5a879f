using Microsoft.AspNetCore.Builder;
using Sigma.Contracts;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier.Holds;

namespace Sigma.IntegrationTests.Holds;

public sealed class Silenced_alerts(ITestOutputHelper output)
{
    [Fact]
    public async Task Are_held_by_two_notifiers_and_told_once_when_a_person_ends_the_silence()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        WebApplication[] notifiers = [await station.StartNotifier(), await station.StartNotifier()];
        using var shell = new Shell(station);
        Assert.Equal(1, (await shell.Sigma("silences", "preview", "code=E130")).ExitCode);
        var (added, silence) = await shell.Json("silences", "add", "code=E130", "account=~1.*", "--for", "2h", "--why",
            "panel replaced", "--by", "Ana");
        Assert.Equal(0, added);
        station.Clock.Advance(TimeSpan.FromSeconds(2));

        var alerts = Enumerable.Range(100, 20).Select(account => Messages_that_cannot_be_processed.Alert($"{account}")).ToList();
        await Task.WhenAll(notifiers[0].Feed(alerts[..10]), notifiers[1].Feed(alerts[10..]),
            notifiers[0].Feed(Messages_that_cannot_be_processed.Alert("200")));
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'held' and channel = 'whatsapp'"),
            held => held == 20, "all that fit are held");
        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), told => told == 1, "the one that does not fit is told");
        var over = alerts.Take(5).ToList();
        await notifiers[1].Feed(over.Select(Cleared));
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where kind = 'cleared' and state = 'skipped'"),
            skipped => skipped == 5, "of what is over nothing is said");
        Assert.Equal(15, (await shell.Json("silences", "preview", "account=~1.*")).Lines.Count);
        Assert.Contains("held", (await shell.Sigma("deliveries", "list", "--alert", $"{alerts[^1].AlertId}")).Output);
        var listed = (await shell.Json("silences", "list")).Lines.Single();
        Assert.Equal(("active", "Ana", "panel replaced"),
            (listed.GetProperty("state").GetString(), listed.GetProperty("by").GetString(), listed.GetProperty("why").GetString()));

        var ended = await shell.Sigma("silences", "end", $"{silence.Single().GetProperty("silenceId").GetGuid()}", "--by", "Rui");
        Assert.Equal(0, ended.ExitCode);

        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), told => told == 16, "what lasts is told");
        await station.Turns<HeldSweep>(2);
        await station.Quiet();
        Assert.Equal(16, simulator.Received.Messages.Count);
        await notifiers[0].Feed(alerts.Skip(5).Select(Cleared));
        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), told => told == 31, "who got the raise gets the clear");
        await station.Quiet();
        Assert.Equal(31, simulator.Received.Messages.Count);
        Assert.Equal("ended", (await shell.Json("silences", "list", "--all")).Lines.Single().GetProperty("state").GetString());
        Assert.Equal(1, (await shell.Sigma("silences", "list")).ExitCode);
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task Are_told_after_a_restart_in_the_middle_when_the_silence_is_over()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        var notifier = await station.StartNotifier();
        using var shell = new Shell(station);
        Assert.Equal(0, (await shell.Sigma("silences", "add", "code=E130", "--for", "2h", "--why", "panel replaced")).ExitCode);
        station.Clock.Advance(TimeSpan.FromSeconds(2));
        await notifier.Feed(Messages_that_cannot_be_processed.Alert("100"));
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'held'"), held => held == 2, "it is held");
        await station.Stop(notifier);

        station.Clock.Advance(TimeSpan.FromHours(2));
        await Task.WhenAll(station.StartNotifier(), station.StartNotifier());

        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), told => told == 1, "it is told");
        await station.Turns<HeldSweep>(2);
        await station.Quiet();
        Assert.Single(simulator.Received.Messages);
        Assert.Single(simulator.Received.AlarmEvents);
        Assert.Equal(0, await station.Count("select count(*) from notifier_deliveries where state <> 'sent'"));
    }

    [Fact]
    public async Task That_end_while_their_hold_ends_are_told_and_cleared_or_not_at_all()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        station.Settings["Notifier:Channels:SegwareAlarmEvent:Enabled"] = "false";
        station.Settings["Notifier:Channels:WhatsApp:RaisedText"] = "R {account}";
        station.Settings["Notifier:Channels:WhatsApp:ClearedText"] = "C {account}";
        station.Settings["Notifier:Channels:WhatsApp:RaisedAndClearedText"] = "B {account}";
        var notifiers = await Task.WhenAll(station.StartNotifier(), station.StartNotifier());
        using var shell = new Shell(station);
        Assert.Equal(0, (await shell.Sigma("silences", "add", "code=E130", "--for", "1h", "--why", "test")).ExitCode);
        station.Clock.Advance(TimeSpan.FromSeconds(2));
        var alerts = Enumerable.Range(100, 30).Select(account => Messages_that_cannot_be_processed.Alert($"{account}")).ToList();
        await notifiers[0].Feed(alerts);
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'held'"), held => held == 30, "all are held");

        station.Clock.Advance(TimeSpan.FromHours(1));
        await Task.WhenAll(notifiers[0].Feed(alerts[..15].Select(Cleared)),
            Task.Delay(1_000).ContinueWith(_ => notifiers[1].Feed(alerts[15..].Select(Cleared)), TaskScheduler.Default).Unwrap());
        await Await.Until(() => station.Count(
            "select count(*) from notifier_deliveries where kind = 'cleared' and state not in ('pending', 'waiting', 'sending')"),
            settled => settled == 30, "all are settled");
        await station.Quiet();

        foreach (var alert in alerts)
        {
            var heard = string.Concat(simulator.Received.Messages.Where(m => m.Message.EndsWith(alert.Labels["account"])).Select(m => m.Message[0]));
            Assert.True(heard is "" or "RC" or "B", $"{alert.Labels["account"]} was told as '{heard}'");
        }
        Assert.Empty(station.Traffic.Faults);
    }

    internal static AlertCleared Cleared(AlertRaised alert) => new()
    {
        AlertId = alert.AlertId, Rule = alert.Rule, Severity = alert.Severity, Source = alert.Source, Labels = alert.Labels, Count = 4,
        Threshold = alert.Threshold, Reason = "volume-normal", RaisedAt = alert.RaisedAt, ClearedAt = alert.RaisedAt.AddHours(1),
    };
}
