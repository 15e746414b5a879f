using System.Net;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Outages;

public sealed class A_bus_that_is_stuck(ITestOutputHelper output)
{
    [Fact]
    public async Task Ends_its_process_so_that_it_is_started_anew()
    {
        await using var front = new BrokerFront((await Servers.Broker).Port);
        await using var station = await Station.Create(output);
        await using var evaluator = Start(station, front);
        await evaluator.UntilSays(HttpStatusCode.OK, "ok");

        front.ForgetConnections();

        Assert.Equal(75, await evaluator.Ended());
        Assert.Contains("The bus has not worked for", evaluator.Said);
    }

    [Fact]
    public async Task Is_not_one_whose_broker_is_away()
    {
        await using var front = new BrokerFront((await Servers.Broker).Port);
        await using var station = await Station.Create(output);
        await using var evaluator = Start(station, front);
        await evaluator.UntilSays(HttpStatusCode.OK, "ok");

        front.Close();
        await evaluator.UntilSays(HttpStatusCode.ServiceUnavailable, "broker");
        await Task.Delay(TimeSpan.FromSeconds(16)); // LeaveAfter and a look more: it is the time itself that must not end it
        front.Open();

        await evaluator.UntilSays(HttpStatusCode.OK, "ok");
    }

    static RunningService Start(Station station, BrokerFront front)
    {
        var settings = new Dictionary<string, string?>(station.Settings) { ["RabbitMq:Port"] = $"{front.Port}" };
        settings.Remove("RabbitMq:LeaveAfter");
        return RunningService.Start("Evaluator", settings);
    }
}
