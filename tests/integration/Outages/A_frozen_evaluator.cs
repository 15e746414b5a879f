using System.Net;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Outages;

public sealed class A_frozen_evaluator(ITestOutputHelper output)
{
    [Fact]
    public async Task Does_not_keep_the_batches_it_had_in_hand_from_the_other()
    {
        await using var station = await Station.Create(output);
        station.Settings["RabbitMq:Heartbeat"] = "00:00:05";
        var other = await station.StartEvaluator();
        await using var frozen = RunningService.Start("Evaluator", station.Settings);
        await frozen.UntilSays(HttpStatusCode.OK, "ok");

        frozen.Freeze();
        await other.Feed(Enumerable.Range(0, 20).Select(i => Slice(Noon.AddSeconds(i), Noon.AddSeconds(i + 1), Burst(1, Noon.AddSeconds(i)))));
        await station.Alerts.UntilRaised(1);

        frozen.Thaw();
        await station.Quiet();
        Assert.Equal(20, Assert.Single(station.Alerts.Raised).Message.GetProperty("count").GetInt32());
    }
}
