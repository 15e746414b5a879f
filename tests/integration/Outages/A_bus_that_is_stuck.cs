using System.Diagnostics;
using System.Net;
using RabbitMQ.Client;
using Sigma.Evaluator;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Outages;

public sealed class A_bus_that_is_stuck(ITestOutputHelper output)
{
    static readonly TimeSpan LeaveAfter = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Ends_its_process_so_that_it_is_started_anew()
    {
        await using var front = new BrokerFront((await Servers.Broker).Port);
        await using var station = await Station.Create(output);
        await using var evaluator = Start(station, front.Port);
        await evaluator.UntilSays(HttpStatusCode.OK, "ok");

        front.ForgetConnections();

        Assert.Equal(75, await evaluator.Ended());
        Assert.Contains("The bus has not worked for", evaluator.Said);
    }

    [Fact]
    public async Task Leaves_as_soon_when_it_could_not_even_begin()
    {
        await using var station = await Station.Create(output);
        await using var broker = await new ConnectionFactory { Uri = station.Broker }.CreateConnectionAsync();
        await using var channel = await broker.CreateChannelAsync();
        // of another kind than the service asks for
        await channel.QueueDeclareAsync(EvaluatorQueues.EventBatches, durable: true, exclusive: false, autoDelete: false);

        await using var evaluator = Start(station, (await Servers.Broker).Port);

        Assert.Equal(75, await evaluator.Ended());
        var reason = evaluator.Said.Split('\n').Single(line => line.Contains("The bus has not worked for"));
        Assert.True(reason.Contains("PRECONDITION_FAILED"), reason);
    }

    [Fact]
    public async Task Is_not_one_whose_broker_is_away()
    {
        await using var front = new BrokerFront((await Servers.Broker).Port);
        await using var station = await Station.Create(output);
        await using var evaluator = Start(station, front.Port);
        await evaluator.UntilSays(HttpStatusCode.OK, "ok");

        front.Close();
        await evaluator.UntilSays(HttpStatusCode.ServiceUnavailable, "broker");
        var away = Stopwatch.StartNew();

        // The time itself must not end it: LeaveAfter, and the two looks beside it.
        await Await.Until(async () => (await evaluator.Health())?.Status, status =>
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            return away.Elapsed > LeaveAfter + TimeSpan.FromSeconds(4);
        }, "the broker was away for longer than a stuck bus may be");
        Assert.DoesNotContain("The bus has not worked for", evaluator.Said);
    }

    static RunningService Start(Station station, int brokerPort) =>
        RunningService.Start("Evaluator", new Dictionary<string, string?>(station.Settings)
        {
            ["RabbitMq:Port"] = $"{brokerPort}",
            ["RabbitMq:LeaveAfter"] = $"{LeaveAfter}",
        });
}
