using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Stations;
using Sigma.Simulator;

namespace Sigma.IntegrationTests.Deliveries;

public sealed class Prefect_runs_that_fail(ITestOutputHelper output)
{
    [Fact]
    public async Task Raise_an_alert_of_their_own_once_whose_run_that_fails_too_raises_none()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each run is counted");
        var simulator = await station.StartSimulator();
        simulator.Prefect.Refusals.Set("respond-to-alert/simulated", "failed");
        Set(station, simulator);
        await station.StartEvaluator();
        var notifiers = await Task.WhenAll(station.StartNotifier(), station.StartNotifier());
        var alert = Messages_that_cannot_be_processed.Alert("100");

        await notifiers[0].Feed(alert);
        await Await.Until(() => station.Count("select count(*) from notifier_flow_runs"), runs => runs == 1, "a run is started");
        await Follow(station, "select count(*) from notifier_flow_runs where state = 'FAILED'", 2);
        station.Clock.Advance(TimeSpan.FromHours(3));
        await station.Turns<Notifier.Channels.Prefect.FlowRunSweep>(2);
        await station.Quiet();

        Assert.Equal(2, simulator.Prefect.FlowRuns.Count);
        var raised = station.Alerts.Raised.Single(found => found.Message.GetProperty("source").GetString() == "prefect").Message;
        Assert.Equal(("flow-failed", "respond-to-alert/simulated"), (raised.GetProperty("rule").GetString(),
            raised.GetProperty("labels").GetProperty("deployment").GetString()));
        Assert.StartsWith("respond-to-alert/simulated: Failed", raised.GetProperty("summary").GetString());
        using var shell = new Shell(station);
        Assert.Contains("FAILED", (await shell.Sigma("alerts", "telling", $"{alert.AlertId}")).Output);

        await Follow(station, "select count(*) from notifier_flow_runs where ended_at is not null", 2); // after a day
        await station.Alerts.UntilCleared(1);
        Assert.Empty(station.Traffic.Faults);
    }

    static Task Follow(Station station, string sql, long expected) => Await.Until(async () =>
    {
        station.Clock.Advance(TimeSpan.FromMinutes(10));
        await Task.Delay(250);
        return await station.Count(sql);
    }, found => found == expected, $"{sql} finds {expected}");

    static void Set(Station station, SimulatorApp simulator)
    {
        foreach (var (key, value) in ((string, string)[])[("Name", "flow-failed"), ("Kind", "external"), ("Source", "prefect"),
            ("GroupBy", "deployment")])
            station.Settings[$"Evaluator:Rules:0:{key}"] = value;
        foreach (var (key, value) in ((string, string)[])[("Name", "flow"), ("Type", "prefect"), ("BaseUrl", $"{simulator.Url}api"),
            ("AuthString", simulator.Options.Prefect.AuthString), ("Deployment", "respond-to-alert/simulated"),
            ("Parameters:alert_id", "{alertId}")])
            station.Settings[$"Notifier:Receivers:0:Integrations:0:{key}"] = value;
        station.Settings["Notifier:Receivers:0:Name"] = "flows";
    }
}
