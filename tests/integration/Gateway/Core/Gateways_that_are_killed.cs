using Sigma.IntegrationTests.Outages;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Gateway.Core;

/// <summary>What a gateway said that it has is not lost with it, and comes once.</summary>
public sealed class Gateways_that_are_killed(ITestOutputHelper output) : IDisposable
{
    const int Webhooks = 30, UnderWay = 150;

    readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("sigma-gateways-");

    public void Dispose() => _logs.Delete(recursive: true);

    [Fact]
    public async Task Between_keeping_and_publishing_leave_it_to_the_next()
    {
        await using BrokerFront front = new((await Servers.Broker).Port);
        await using var station = await Station.Create(output);
        station.Integrations("generic");
        await station.StartEvaluator();
        using Sender sender = new();
        await using var killed = await station.StartGatewayProcess(_logs.FullName, front);
        front.Close();
        await Task.WhenAll(Enumerable.Range(0, Webhooks).Select(number => sender.Deliver(() => killed.Url, "generic", Firing(number))));
        await Await.Until(() => station.Count("select count(*) from outbox where owner = 'gateway' and attempts > 0"), held => held > 0,
            "its relay has some in hand");
        await killed.Kill(CancellationToken.None);
        Assert.Empty(station.Alerts.Raised);

        var next = await station.StartGateway();
        await station.Alerts.UntilRaised(Webhooks);
        // The senders' answers may have been lost.
        await Task.WhenAll(Enumerable.Range(0, Webhooks).Select(number => sender.Deliver(next.Address, "generic", Firing(number))));
        await station.Quiet();
        AssertRaisedOnce(station, Webhooks);
    }

    [Theory]
    [InlineData("generic")]
    [InlineData("alertmanager")]
    public async Task While_senders_send_lose_and_repeat_nothing(string kind)
    {
        await using var station = await Station.Create(output);
        station.Integrations(kind);
        await station.StartEvaluator();
        using Sender sender = new();
        ServiceProcess[] gateways = [await station.StartGatewayProcess(_logs.FullName), await station.StartGatewayProcess(_logs.FullName)];
        try
        {
            var (sent, turn) = (0, 0);
            var sending = Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
            {
                while (Interlocked.Increment(ref sent) is var number and <= UnderWay)
                    await Sender.Deliver(() => gateways[Interlocked.Increment(ref turn) % 2].Url is var gateway && kind == "generic"
                        ? sender.Send(gateway, kind, Firing(number)) : sender.PostAlert(gateway, $"host-{number}"));
            }));
            for (var kill = 0; kill < 2; kill++)
            {
                await Await.Until(() => station.Count("select count(*) from gateway_intake"), kept => kept >= (kill + 1) * UnderWay / 3,
                    "some are kept");
                await gateways[kill].Kill(CancellationToken.None);
                await gateways[kill].DisposeAsync();
                gateways[kill] = await station.StartGatewayProcess(_logs.FullName);
            }
            await sending;
            await station.Alerts.UntilRaised(UnderWay);
            await station.Quiet();
            AssertRaisedOnce(station, UnderWay);
        }
        finally
        {
            foreach (var gateway in gateways)
                await gateway.DisposeAsync();
        }
    }

    static string Firing(int number) => Bodies.Firing("generic", $"host-{number}");

    static void AssertRaisedOnce(Station station, int all)
    {
        Assert.Equal(all, station.Alerts.Raised.Count);
        Assert.Equal(all, station.Alerts.Raised.Select(raised => raised.Label("host")).Distinct().Count());
        Assert.Empty(station.Traffic.Faults);
    }
}
