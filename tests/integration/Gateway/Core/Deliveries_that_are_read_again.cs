using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Gateway.Queries;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Gateway.Core;

/// <summary>Bodies that are kept and read again, by the API and as the command line has it done.</summary>
public sealed class Deliveries_that_are_read_again(ITestOutputHelper output)
{
    const string NotYetUnderstood = """{"what":"pump-1","how":"broken","since":"2026-11-20T12:00:00Z"}""";

    [Fact]
    public async Task Raise_once_what_they_say_once_they_are_understood()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each answer is the subject");
        station.Integrations("generic");
        station.Settings["Gateway:Integrations:0:Mapping:Id"] = "id";
        await station.StartEvaluator();
        var before = await station.StartGateway();
        using Sender sender = new();
        Assert.Equal(HttpStatusCode.BadRequest, (await sender.Send(before.Address(), "generic", NotYetUnderstood)).Status);
        await station.Stop(before);

        foreach (var (field, path) in ((string, string)[])[("Id", "what"), ("State", "how"), ("Firing", "broken"), ("Resolved", "whole"),
            ("StartsAt", "since")])
            station.Settings[$"Gateway:Integrations:0:Mapping:{field}"] = path;
        var gateways = new[] { await station.StartGateway(), await station.StartGateway() };
        await gateways[0].Services.GetRequiredService<IntakeQuery>().OrderReplay(await Number(station), CancellationToken.None);
        await Await.Until(() => station.Count("select count(*) from gateway_intake where state = 'kept' and tries > 0"), kept => kept == 1,
            "a gateway has read it again");
        await station.Alerts.UntilRaised(1);

        // And by both at once, by somebody's wish.
        var number = await Number(station);
        var answers = await Task.WhenAll(gateways.Select(gateway => sender.Ask(gateway.Address(), HttpMethod.Post, $"intake/{number}/replay")));
        Assert.All(answers, answer => Assert.Equal("kept", answer.Body().GetProperty("state").GetString()));
        await station.Quiet();
        Assert.Single(station.Alerts.Raised);
        Assert.Empty(station.Traffic.Faults);
        var shown = (await sender.Ask(gateways[1].Address(), HttpMethod.Get, $"intake/{number}")).Body();
        Assert.Equal(NotYetUnderstood, shown.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Do_not_raise_again_what_is_over()
    {
        await using var station = await Station.Create(output);
        station.Integrations("generic");
        await station.StartEvaluator();
        var gateway = (await station.StartGateway()).Address();
        using Sender sender = new();
        await sender.Deliver(() => gateway, "generic", Bodies.Firing("generic", "a"));
        await station.Alerts.UntilRaised(1);
        var number = await Number(station);
        await sender.Deliver(() => gateway, "generic", Bodies.Resolved("generic", "a"));
        await station.Alerts.UntilCleared(1);

        await Await.Until(() => sender.Ask(gateway, HttpMethod.Post, $"intake/{number}/replay"), answer => answer.IsKept, "it is read again");
        await station.Quiet();
        Assert.Single(station.Alerts.Raised);
        Assert.Single(station.Alerts.Cleared);
    }

    static Task<long> Number(Station station) => station.Count("select min(id) from gateway_intake");
}
