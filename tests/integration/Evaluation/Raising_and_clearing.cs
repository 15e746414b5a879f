using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Evaluation;

public sealed class Raising_and_clearing(ITestOutputHelper output)
{
    [Fact]
    public async Task Raises_once_when_the_count_reaches_the_threshold_and_clears_once_when_the_volume_is_normal()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();

        await station.Feed(evaluator, Slice(Noon.AddHours(-2), Noon, []), Slice(Noon, Noon.AddMinutes(5), Burst(19, Noon.AddMinutes(1))));
        Assert.Empty(station.Alerts.Raised);

        await station.Feed(evaluator, Slice(Noon.AddMinutes(5), Noon.AddMinutes(6), Burst(1, Noon.AddMinutes(5))));
        var raised = Assert.Single(station.Alerts.Raised);
        Assert.Equal(20, raised.Message.GetProperty("count").GetInt32());

        await station.Feed(evaluator, Slice(Noon.AddMinutes(6), Noon.AddMinutes(7), Burst(1, Noon.AddMinutes(6))));
        Assert.Single(station.Alerts.Raised);

        await station.Feed(evaluator, Slice(Noon.AddMinutes(7), Noon.AddMinutes(120), []));
        Assert.Empty(station.Alerts.Cleared);

        await station.Feed(evaluator, Slice(Noon.AddMinutes(120), Noon.AddMinutes(130), []));
        var cleared = Assert.Single(station.Alerts.Cleared);
        Assert.Equal(raised.AlertId, cleared.AlertId);

        await station.Feed(evaluator, Slice(Noon.AddMinutes(130), Noon.AddMinutes(140), Burst(20, Noon.AddMinutes(131))));
        Assert.Equal(2, station.Alerts.Raised.Count);
        Assert.NotEqual(raised.AlertId, station.Alerts.Raised[1].AlertId);
        Assert.Empty(station.Traffic.Faults);
    }
}
