using Dapper;
using Sigma.IntegrationTests.Stations;
using Sigma.Simulator;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;

namespace Sigma.IntegrationTests.Pipeline;

public sealed class From_event_to_message(ITestOutputHelper output)
{
    const string SendMessage = "/instance/api/v1/send_message";

    [Fact]
    public async Task An_excess_reaches_WhatsApp_Segware_and_the_reports_and_its_end_reaches_WhatsApp()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await station.StartAll();
        simulator.Segware.AddBurst(4711, "ALR", "E130", 25, station.Clock.GetUtcNow().AddMinutes(-10), TimeSpan.FromSeconds(5));
        await station.Poll(fetcher);

        var message = Assert.Single(simulator.Received.Messages);
        Assert.Contains("25 eventos", message.Message);
        Assert.Contains("E130", message.Message);
        Assert.Equal("120363000000000000@g.us", message.Number);
        var alarm = Assert.Single(simulator.Received.AlarmEvents);
        Assert.Equal("E702", alarm.Item.Code);

        await using (var connection = await station.Database.Open(CancellationToken.None))
        {
            var register = await connection.QuerySingleAsync<(string AccountCode, string Cuc, string Code, int Quantity)>(
                "select account_code, cuc, code, quantity from sigma_cloud_events_tracker_registers");
            Assert.Equal((alarm.Item.Account, "ALR", "E130", 25), register);
            Assert.Equal("sent", await connection.QuerySingleAsync<string>("select status from sigma_cloud_alarm_events"));
        }

        station.Clock.Advance(TimeSpan.FromMinutes(125));
        await station.Poll(fetcher);

        Assert.Single(station.Alerts.Cleared);
        Assert.Equal(2, simulator.Received.Messages.Count);
        Assert.Contains("normaliza", simulator.Received.Messages[1].Message);
        Assert.Single(simulator.Received.AlarmEvents); // its clearing is not put into Segware unless asked for
        Assert.Equal(1, await station.Count("select count(*) from sigma_cloud_events_tracker_registers where cleared_at is not null"));
        Assert.Single(station.Alerts.Raised); // the injected event came back and was not counted
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_burst_across_polls_is_counted_whole_and_slices_asked_for_again_add_nothing()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await station.StartAll();
        for (var minute = 0; minute < 4; minute++)
        {
            station.Clock.Advance(TimeSpan.FromMinutes(1));
            simulator.Segware.AddBurst(1, "ALR", "E130", 5, station.Clock.GetUtcNow().AddSeconds(-50), TimeSpan.FromSeconds(10));
            simulator.Segware.AddBurst(2, "ALR", "E130", minute == 0 ? 4 : 5, station.Clock.GetUtcNow().AddSeconds(-50), TimeSpan.FromSeconds(10));
            await station.Poll(fetcher);
        }

        Assert.Equal("1", Assert.Single(station.Alerts.Raised).Label("account"));
        Assert.Equal(39, await station.Count("select count(*) from evaluator_events"));
    }

    [Fact]
    public async Task Five_thousand_events_in_a_slice_at_a_hundred_an_answer_are_all_counted()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await station.StartAll(new SimulatorOptions { EventLimit = 100 });
        var start = station.Clock.GetUtcNow().AddMinutes(-14);
        for (var account = 1; account <= 250; account++)
            simulator.Segware.AddBurst(account, "ALR", "E130", 20, start.AddMilliseconds(account * 150), TimeSpan.FromSeconds(40));
        await station.Poll(fetcher);

        Assert.Equal(5000, await station.Count("select count(*) from evaluator_events"));
        Assert.Equal(250, station.Alerts.Raised.Select(l => l.Label("account")).Distinct().Count());
        Assert.Equal(250, station.Alerts.Raised.Count);
    }

    [Fact]
    public async Task Segware_down_for_an_hour_clears_nothing_meanwhile_and_loses_no_alert()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await station.StartAll();
        var before = station.Clock.GetUtcNow();
        simulator.Segware.AddBurst(1, "ALR", "E130", 20, before.AddMinutes(-10), TimeSpan.FromSeconds(5));
        await station.Poll(fetcher);
        Assert.Single(station.Alerts.Raised);

        var outage = simulator.Faults.Add(Fault.WithStatus("/v1/events", 503));
        for (var minutes = 0; minutes < 60; minutes += 10)
        {
            station.Clock.Advance(TimeSpan.FromMinutes(10));
            simulator.Segware.AddBurst(2, "ALR", "E301", 4, station.Clock.GetUtcNow().AddMinutes(-5), TimeSpan.FromSeconds(5));
            await station.Poll(fetcher);
        }
        Assert.Empty(station.Alerts.Cleared);
        Assert.Single(station.Alerts.Raised);

        outage.Dispose();
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        await Await.Until(async () =>
        {
            station.Clock.Advance(TimeSpan.FromSeconds(10)); // failed slices wait for their turn
            await station.Poll(fetcher);
            return await station.Count("select count(*) from fetcher_slices where state <> 'published'");
        }, open => open == 0, "everything is caught up with");
        Assert.Equal(["1", "2"], station.Alerts.Raised.Select(l => l.Label("account")));
        Assert.Empty(station.Alerts.Cleared);

        station.Clock.Advance(TimeSpan.FromMinutes(50));
        await station.Poll(fetcher);
        Assert.Equal("1", Assert.Single(station.Alerts.Cleared).Label("account"));
    }

    [Fact]
    public async Task ChatPro_down_does_not_hold_Segware_and_its_messages_go_out_once_each_when_it_is_back()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await station.StartAll();
        var outage = simulator.Faults.Add(Fault.WithStatus(SendMessage, 503));
        for (var account = 1; account <= 5; account++)
            simulator.Segware.AddBurst(account, "ALR", "E130", 20, station.Clock.GetUtcNow().AddMinutes(-10), TimeSpan.FromSeconds(5));
        await fetcher.Poll();

        await Await.Until(() => Task.FromResult(simulator.Received.AlarmEvents.Count), alarms => alarms == 5, "Segware has its five alarm events");
        Assert.Empty(simulator.Received.Messages);

        outage.Dispose();
        await Await.Until(() =>
        {
            station.Clock.Advance(TimeSpan.FromSeconds(20));
            return Task.FromResult(simulator.Received.Messages.Count);
        }, messages => messages >= 5, "WhatsApp has its five messages");
        await Await.Until(async () => await station.Count("select count(*) from notifier_deliveries where channel = 'whatsapp' and state = 'sent'"),
            sent => sent == 5, "all five are marked sent");
        await station.Quiet();
        Assert.Equal(5, simulator.Received.Messages.Count);
        Assert.Equal(5, simulator.Received.Messages.Select(m => m.Message).Distinct().Count());
    }

    [Fact]
    public async Task Unknown_account_failing_company_and_a_group_that_matches_none_go_out_with_what_is_known()
    {
        await using var station = await Station.Create(output);
        station.Settings["Notifier:Accounts:Patience"] = "00:00:03";
        var (simulator, fetcher) = await station.StartAll();
        var accounts = simulator.Segware.Accounts;
        accounts.SetUnknown(404);
        accounts.Add(new Account(500, "0500", 77, null, "Padaria do Zé"));
        accounts.SetFailing(77);
        accounts.Add(new Account(600, "0600", 78, 999_999, "Farmácia Central"));
        foreach (var account in (long[])[404, 500, 600])
            simulator.Segware.AddBurst(account, "ALR", "E130", 20, station.Clock.GetUtcNow().AddMinutes(-10), TimeSpan.FromSeconds(5));
        await fetcher.Poll();
        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), messages => messages == 3, "all three alerts reach WhatsApp");

        string Text(string part) => Assert.Single(simulator.Received.Messages, m => m.Message.Contains(part)).Message;
        Assert.Contains("404", Text("404"));
        Assert.Contains("0500", Text("Padaria do Zé"));
        Assert.Contains("0600", Text("Farmácia Central"));
        // An alarm event needs the account's code: without one it has failed for good, and says so.
        await Await.Until(() => station.Count("select count(*) from sigma_cloud_alarm_events where status = 'sent'"), sent => sent == 2,
            "two alarm events are recorded as sent");
        await Await.Until(() => station.Count("select count(*) from notifier_deliveries where state = 'failed' and reason is not null"),
            failed => failed == 1, "one delivery has failed with its reason");
    }

    [Fact]
    public async Task Two_of_each_service_say_everything_once()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await station.StartAll();
        await Task.WhenAll(station.StartEvaluator(), station.StartNotifier());
        for (var account = 1; account <= 40; account++)
            simulator.Segware.AddBurst(account, "ALR", "E130", 20, station.Clock.GetUtcNow().AddMinutes(-10), TimeSpan.FromSeconds(5));
        await fetcher.Poll();
        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), messages => messages >= 40, "forty messages are out");
        await Await.Until(() => Task.FromResult(simulator.Received.AlarmEvents.Count), alarms => alarms >= 40, "forty alarm events are in");
        await station.Quiet();

        Assert.Equal(40, station.Alerts.Raised.Count);
        Assert.Equal(40, simulator.Received.Messages.Count);
        Assert.Equal(40, simulator.Received.AlarmEvents.Count);
        Assert.Equal(40, await station.Count("select count(*) from sigma_cloud_events_tracker_registers"));
        Assert.Empty(station.Traffic.Faults);
    }
}
