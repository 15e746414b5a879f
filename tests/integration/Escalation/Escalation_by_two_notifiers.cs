using Sigma.Contracts;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Escalation;

public sealed class Escalation_by_two_notifiers(ITestOutputHelper output)
{
    [Theory, InlineData(1), InlineData(2)]
    public async Task Takes_each_step_once_and_none_after_an_acknowledgement_that_comes_at_that_moment(int seed)
    {
        Random random = new(seed);
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        Set(station);
        var notifiers = await Task.WhenAll(station.StartNotifier(), station.StartNotifier());
        var alerts = Enumerable.Range(100, 40).Select(account => Messages_that_cannot_be_processed.Alert($"{account}")).ToList();
        await notifiers[0].Feed(alerts);
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'sent' and channel = 'operators'"),
            told => told == 40, "the operators are told");

        station.Clock.Advance(TimeSpan.FromMinutes(10));
        await Task.WhenAll(alerts[..20].Select(async alert =>
        {
            await Task.Delay(random.Next(1_500));
            await notifiers[random.Next(2)].Feed(Acknowledged(alert));
        }));
        await Await.Until(() => station.Count("select count(*) from notifier_escalations where state = 'waiting'"), open => open == 0, "all ended");
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state not in ('sent', 'skipped')"),
            open => open == 0, "all is told");
        await station.Quiet();

        Assert.Equal(0, await station.Count(
            """
            select count(*) from notifier_decisions e join notifier_decisions a on a.alert_id = e.alert_id and a.kind = 'acknowledged'
            where e.kind = 'escalated' and e.decided_at > a.decided_at
            """));
        Assert.Equal(0, await station.Count(
            "select count(*) from (select alert_id from notifier_decisions where kind = 'escalated' group by alert_id having count(*) > 1) twice"));
        var escalated = await station.Count("select count(*) from notifier_decisions where kind = 'escalated'");
        var toOwner = simulator.Received.Messages.Count(message => message.Number == "5511999990000");
        output.WriteLine($"{escalated} of 40 were escalated, the owner read {toOwner}");
        Assert.InRange(escalated, 20, 40);
        Assert.InRange(toOwner, 20, (int)escalated);
        await notifiers[1].Feed(alerts.Select(Holds.Silenced_alerts.Cleared));
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where kind = 'cleared' and state in ('sent', 'skipped')"),
            ended => ended == 40 + escalated, "all ends are told or skipped");
        await station.Quiet();
        foreach (var number in simulator.Received.Messages.GroupBy(message => message.Number))
            Assert.Equal(number.Count(message => message.Message[0] == 'R'), number.Count(message => message.Message[0] == 'C'));
        Assert.Empty(station.Traffic.Faults);
    }

    static void Set(Station station)
    {
        foreach (var (index, name, number) in new[] { (0, "operators", "120363000000000000@g.us"), (1, "owner", "5511999990000") })
        {
            var receiver = $"Notifier:Receivers:{index}:";
            station.Settings[receiver + "Name"] = name;
            station.Settings[receiver + "Integrations:0:Name"] = name;
            station.Settings[receiver + "Integrations:0:Type"] = "whatsapp";
            station.Settings[receiver + "Integrations:0:ChatPro:Recipient"] = number;
            station.Settings[receiver + "Integrations:0:RaisedText"] = "R {account}";
            station.Settings[receiver + "Integrations:0:ClearedText"] = "C {account}";
        }
        station.Settings["Notifier:Routes:0:Name"] = "all";
        station.Settings["Notifier:Routes:0:Escalation"] = "chain";
        station.Settings["Notifier:Escalations:0:Name"] = "chain";
        station.Settings["Notifier:Escalations:0:Steps:0:After"] = "00:10:00";
        station.Settings["Notifier:Escalations:0:Steps:0:Receiver"] = "owner";
    }

    static AlertAcknowledged Acknowledged(AlertRaised alert) => new()
    {
        AlertId = alert.AlertId, Rule = alert.Rule, Kind = alert.Kind, Severity = alert.Severity, Source = alert.Source, Labels = alert.Labels,
        By = "Ana", RaisedAt = alert.RaisedAt, AcknowledgedAt = alert.RaisedAt.AddMinutes(10),
    };
}
