using Sigma.IntegrationTests.Pipeline;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Faults;

public sealed class Faults_inside(ITestOutputHelper output)
{
    [Fact]
    public async Task Each_layer_fails_when_faults_are_switched_on_and_none_when_they_are_not()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await station.StartAll();
        for (var poll = 0; poll < 5; poll++)
        {
            for (var account = 1; account <= 5; account++)
                simulator.Segware.AddBurst(100 * poll + account, "ALR", "E130", 20, station.Clock.GetUtcNow().AddMinutes(-10),
                    TimeSpan.FromSeconds(5));
            await station.Poll(fetcher);
            station.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal(25, station.Alerts.Raised.Count);
        Assert.Equal(25, simulator.Received.Messages.Count);
        Assert.Equal(FaultPlan.Seed is not null, station.Faults is not null);
        if (station.Faults is { } faults)
            Assert.All(Enum.GetValues<FaultLayer>(),
                layer => Assert.True(faults.Injected(layer) > 0, $"nothing was injected into {layer}: {faults}"));
    }

    [Fact]
    public void The_same_seed_draws_the_same_faults_and_another_one_others()
    {
        static string Drawn(int seed)
        {
            var dice = new FaultPlan(seed, "test").On(FaultLayer.Storage);
            return string.Join(' ',
                Enumerable.Range(0, 1000).Select(_ => dice.Draw(FaultKind.Before, FaultKind.After) is { } kind ? $"{kind}" : "-"));
        }

        Assert.Equal(Drawn(1), Drawn(1));
        Assert.NotEqual(Drawn(1), Drawn(2));
    }
}
