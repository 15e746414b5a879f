using Sigma.Contracts;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Holds;

public sealed class Inhibited_alerts(ITestOutputHelper output)
{
    [Fact]
    public async Task Wait_for_the_one_that_inhibits_whichever_notifier_has_which_and_are_cleared_when_they_were_told_before()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each message is counted");
        var simulator = await station.StartSimulator();
        station.Settings["Notifier:Channels:SegwareAlarmEvent:Enabled"] = "false";
        station.Settings["Notifier:Inhibitions:0:Name"] = "provider";
        station.Settings["Notifier:Inhibitions:0:Source:0"] = "rule=provider-down";
        station.Settings["Notifier:Inhibitions:0:Target:0"] = "rule!=provider-down";
        station.Settings["Notifier:Inhibitions:0:Equal:0"] = "cuc";
        var notifiers = await Task.WhenAll(station.StartNotifier(), station.StartNotifier());
        var before = Messages_that_cannot_be_processed.Alert("1");
        await notifiers[0].Feed(before);
        await Sent(1);
        var provider = Messages_that_cannot_be_processed.Alert("2") with { Rule = "provider-down" };
        await notifiers[1].Feed(provider);
        await Sent(2);

        var after = Enumerable.Range(10, 10).Select(account => Messages_that_cannot_be_processed.Alert($"{account}")).ToList();
        await Task.WhenAll(notifiers[0].Feed(after[..5]), notifiers[1].Feed(after[5..]));
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'held'"), held => held == 10, "all wait");
        await notifiers[0].Feed(Silenced_alerts.Cleared(before));
        await Sent(3);

        await notifiers[0].Feed(Silenced_alerts.Cleared(provider));

        await Sent(14);
        await station.Quiet();
        Assert.Equal(14, simulator.Received.Messages.Count);
        // A notifier that has not heard of the end yet may hold one back a second time.
        Assert.Equal(10, await station.Count(
            $"select count(distinct alert_id) from notifier_decisions where reason = 'inhibited (provider) by alert {provider.AlertId}'"));
        Assert.Empty(station.Traffic.Faults);

        Task Sent(int number) => Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'sent'"),
            sent => sent == number, $"{number} are told");
    }
}
