using Sigma.Fetcher;
using Sigma.IntegrationTests.Stations;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Outages;

namespace Sigma.IntegrationTests.Polled;

/// <summary>From a provider's page to the alert, without a rule and without Segware, by two fetchers.</summary>
public sealed class Outages_to_alerts(ITestOutputHelper output)
{
    [Fact]
    public async Task Are_raised_once_and_cleared_once_whichever_fetcher_polls()
    {
        await using var station = await Station.Create(output);
        var simulator = await station.StartSimulator();
        station.Settings["Segware:BearerToken"] = "";
        station.Settings["Fetcher:StatusFeeds:0:Name"] = "cloud";
        station.Settings["Fetcher:StatusFeeds:0:Kind"] = "gcp";
        station.Settings["Fetcher:StatusFeeds:0:Address"] = new Uri(simulator.Url, "feeds/gcp").ToString();
        station.Settings["Fetcher:StatusFeeds:0:Every"] = "00:00:01";
        station.Settings["Fetcher:StatusFeeds:0:Patience:Retries"] = "0";
        station.Settings["Fetcher:Affected:0:Region"] = "us-east-1";
        station.Settings["Fetcher:Affected:0:Labels:account"] = "300001";
        await station.StartEvaluator();
        var first = await station.Start("fetcher", service => service.AddFetcher());
        await station.Start("fetcher", service => service.AddFetcher());

        SimulatedOutage outage = new("a", "Machines do not start") { StartedAt = station.Clock.GetUtcNow().AddMinutes(-5) };
        simulator.Outages.Put("gcp", outage);
        await station.Alerts.UntilRaised(2); // the outage, and the site that stands on it
        Assert.Contains(station.Alerts.Raised, alert => alert.Message.GetProperty("labels").TryGetProperty("account", out _));
        Assert.All(station.Alerts.Raised, alert => Assert.Equal("Machines do not start", alert.Message.GetProperty("summary").GetString()));

        simulator.Faults.Add(Fault.NotJson("/feeds/*") with { Count = 3 });
        await station.Stop(first);
        await Await.Until(() => Task.FromResult(simulator.Faults.Active.Count == 0), "the feed was a page three times");
        Assert.Empty(station.Alerts.Cleared);

        simulator.Outages.Put("gcp", outage with { EndedAt = station.Clock.GetUtcNow() });
        await station.Alerts.UntilCleared(2);
        Assert.Equal(2, station.Alerts.Raised.Count);
        Assert.All(station.Alerts.Cleared, alert => Assert.Equal("resolved", alert.Message.GetProperty("reason").GetString()));
        Assert.Empty(station.Traffic.Faults);
    }
}
