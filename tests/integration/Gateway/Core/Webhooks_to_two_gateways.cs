using Microsoft.AspNetCore.Builder;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Gateway.Core;

/// <summary>From a sender's body to the alert, by the rule that nobody has written: two gateways on a real broker and database.</summary>
public sealed class Webhooks_to_two_gateways(ITestOutputHelper output)
{
    const int Incidents = 20;

    [Theory, InlineData("gcp"), InlineData("generic")]
    public async Task Raise_and_clear_once_though_each_comes_twice_to_both_at_the_same_time(string kind)
    {
        await using var station = await Station.Create(output);
        var gateways = await Start(station, kind);
        using Sender sender = new();

        await SendAll(sender, gateways, kind, Bodies.Firing);
        await station.Alerts.UntilRaised(Incidents);
        await station.Quiet();
        Assert.Equal(Incidents, station.Alerts.Raised.Count);
        Assert.All(station.Alerts.Raised, raised => Assert.Equal(($"reported:{kind}", kind),
            (raised.Message.GetProperty("rule").GetString(), raised.Message.GetProperty("source").GetString())));

        await SendAll(sender, gateways, kind, Bodies.Resolved);
        await station.Alerts.UntilCleared(Incidents);
        await station.Quiet();
        AssertEachOnce(station);
        Assert.All(station.Alerts.Cleared, cleared => Assert.Equal("resolved", cleared.Message.GetProperty("reason").GetString()));
        Assert.Equal(Incidents, await station.Count("select count(*) from gateway_open where ended_at is not null"));
        Assert.Equal(2 * Incidents, await station.Count("select count(*) from gateway_intake where state = 'kept'"));
        Assert.True(await station.Count("select count(*) from gateway_intake where state = 'duplicate'") >= 6 * Incidents);
    }

    [Fact]
    public async Task Raise_and_clear_once_though_the_end_comes_together_with_the_beginning()
    {
        await using var station = await Station.Create(output);
        var gateways = await Start(station, "generic");
        using Sender sender = new();

        await SendAll(sender, gateways, "generic", Bodies.Firing, Bodies.Resolved);
        await station.Alerts.UntilCleared(Incidents);
        await station.Quiet();
        AssertEachOnce(station);
    }

    static async Task<WebApplication[]> Start(Station station, string kind)
    {
        station.Integrations(kind);
        await station.StartEvaluator();
        return [await station.StartGateway(), await station.StartGateway()];
    }

    static Task SendAll(Sender sender, WebApplication[] gateways, string kind, params Func<string, string, string>[] bodies) =>
        Task.WhenAll(from incident in Enumerable.Range(0, Incidents)
                     from body in bodies
                     from gateway in gateways
                     from time in Enumerable.Range(0, 2)
                     select sender.Deliver(gateway.Address, kind, body(kind, $"incident-{incident}")));

    static void AssertEachOnce(Station station)
    {
        Assert.Equal(Incidents, station.Alerts.Raised.Count);
        Assert.Equal(station.Alerts.Raised.Select(raised => raised.AlertId).Order(),
            station.Alerts.Cleared.Select(cleared => cleared.AlertId).Order());
        Assert.Empty(station.Traffic.Faults);
    }
}
