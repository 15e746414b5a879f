using Sigma.Contracts;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier.Snoozes;

namespace Sigma.IntegrationTests.Holds;

public sealed class Snoozed_alerts(ITestOutputHelper output)
{
    [Fact]
    public async Task Are_told_again_once_by_two_notifiers_unless_they_are_over_or_taken_on_at_that_moment()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        station.Settings["Notifier:Channels:SegwareAlarmEvent:Enabled"] = "false";
        station.Settings["Notifier:Channels:WhatsApp:RaisedText"] = "R {account}";
        station.Settings["Notifier:Channels:WhatsApp:ClearedText"] = "C {account}";
        var notifiers = await Task.WhenAll(station.StartNotifier(), station.StartNotifier());
        var alerts = Enumerable.Range(100, 30).Select(account => Messages_that_cannot_be_processed.Alert($"{account}")).ToList();
        await notifiers[0].Feed(alerts);
        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), told => told == 30, "all are told");
        var now = station.Clock.GetUtcNow();
        await Task.WhenAll(notifiers.Select(notifier => notifier.Feed(alerts.Select(alert => Snoozed(alert, now, now.AddHours(1)))))); // each twice
        await UntilSnoozed(station, 30);

        station.Clock.Advance(TimeSpan.FromHours(1));
        await Task.WhenAll(notifiers[0].Feed(alerts[..10].Select(Silenced_alerts.Cleared)), notifiers[1].Feed(alerts[10..20].Select(Acknowledged)));
        await UntilSnoozed(station, 0);
        await station.Turns<SnoozeSweep>(2);
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state not in ('sent', 'skipped')"), open => open == 0,
            "all is told");
        await station.Quiet();

        string Heard(AlertRaised alert) =>
            string.Concat(simulator.Received.Messages.Where(m => m.Message.EndsWith(alert.Labels["account"])).Select(m => m.Message[0]));
        Assert.All(alerts[..10], alert => Assert.Contains(Heard(alert), (string[])["RC", "RRC"]));
        Assert.All(alerts[10..20], alert => Assert.Contains(Heard(alert), (string[])["R", "RR"]));
        Assert.All(alerts[20..], alert => Assert.Equal("RR", Heard(alert)));
        Assert.Equal(0, await station.Count(
            """
            select count(*) from (select alert_id from notifier_decisions where kind in ('snoozed', 'unsnoozed') group by alert_id, kind
            having count(*) > 1) twice
            """));
        Assert.Empty(station.Traffic.Faults);
    }

    static Task UntilSnoozed(Station station, long number) => Await.Until(() =>
        station.Count("select count(*) from notifier_snoozes where ended_at is null"), snoozed => snoozed == number, $"{number} alerts are snoozed");

    static AlertUpdated Snoozed(AlertRaised alert, DateTimeOffset at, DateTimeOffset until) => new()
    {
        AlertId = alert.AlertId, Rule = alert.Rule, Kind = alert.Kind, Severity = alert.Severity, Source = alert.Source, Labels = alert.Labels,
        Change = AlertChange.Snoozed, By = "Ana", Snoozed = true, SnoozedUntil = until, RaisedAt = alert.RaisedAt, UpdatedAt = at,
    };

    static AlertAcknowledged Acknowledged(AlertRaised alert) => new()
    {
        AlertId = alert.AlertId, Rule = alert.Rule, Kind = alert.Kind, Severity = alert.Severity, Source = alert.Source, Labels = alert.Labels,
        By = "Rui", RaisedAt = alert.RaisedAt, AcknowledgedAt = alert.RaisedAt.AddMinutes(10),
    };
}
