using System.Net;
using Sigma.IntegrationTests.Outages;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers;

namespace Sigma.IntegrationTests.Gateway.Core;

/// <summary>What senders are told while it cannot be kept, and what becomes of it when they come again.</summary>
public sealed class Servers_that_are_away(ITestOutputHelper output)
{
    [Fact]
    public async Task Without_a_database_a_sender_is_told_to_come_again_and_is_then_kept()
    {
        await using var database = await DatabaseServer.StartPrivate();
        await using var station = await Station.Create(output, database: database);
        station.Integrations("generic");
        await station.StartEvaluator();
        var gateway = (await station.StartGateway()).Address();
        using Sender sender = new();
        await database.Kill();
        AssertToComeAgain(await sender.Send(gateway, "generic", Bodies.Firing("generic", "a")));
        AssertToComeAgain(await sender.Send(gateway, "generic", "{ this is no JSON"));

        await database.Restart();
        await sender.Deliver(() => gateway, "generic", Bodies.Firing("generic", "a"));
        await station.Alerts.UntilRaised(1);
        await station.Quiet();
        Assert.Single(station.Alerts.Raised);
        Assert.Equal(1, await station.Count("select count(*) from gateway_intake"));
    }

    [Fact]
    public async Task Without_a_broker_webhooks_are_kept_and_lines_samples_and_beats_are_to_come_again()
    {
        await using BrokerFront front = new((await Servers.Broker).Port);
        await using var station = await Station.Create(output);
        station.WithoutFaults("each answer is the subject");
        station.Integrations("generic", "alertmanager", "logs", "metrics", "beats");
        await station.StartEvaluator();
        var gateway = (await station.StartGateway(front)).Address();
        using Sender sender = new();
        Func<Task<Answer>>[] others =
        [
            () => sender.Send(gateway, "logs", """{"message":"a line"}"""),
            () => sender.Post(gateway, "write", Gateways.KeyOf("metrics"), "disk,host=a used=1", "text/plain"),
            () => sender.Post(gateway, $"ping/{Gateways.KeyOf("beats")}", Gateways.KeyOf("beats"), ""),
        ];
        foreach (var other in others)
            await Await.Until(other, answer => answer.IsKept, "it is taken");

        front.Close();
        foreach (var answer in await Task.WhenAll(others.Select(send => send())))
            AssertToComeAgain(answer);
        Assert.Equal(HttpStatusCode.OK, (await sender.Send(gateway, "generic", Bodies.Firing("generic", "a"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await sender.PostAlert(gateway, "b")).Status);
        Assert.Empty(station.Alerts.Raised);

        front.Open();
        await station.Alerts.UntilRaised(2);
        foreach (var other in others)
            await Await.Until(other, answer => answer.IsKept, "it is taken again");
        await station.Quiet();
        Assert.Equal(2, station.Alerts.Raised.Count);
    }

    static void AssertToComeAgain(Answer answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.InRange(answer.RetryAfter!.Value.TotalSeconds, 1, 60);
    }
}
