using Sigma.IntegrationTests.Stations;
using Sigma.Simulator;

namespace Sigma.IntegrationTests.Pipeline;

internal static class PipelineExtensions
{
    /// <summary>The simulator and one of each service; the fetcher has polled once, over an empty past, and the last quarter of an hour is not fetched yet.</summary>
    public static async Task<(SimulatorApp Simulator, Fetching Fetcher)> StartAll(this Station station, SimulatorOptions? options = null)
    {
        var simulator = await station.StartSimulator(options);
        await Task.WhenAll(station.StartEvaluator(), station.StartNotifier());
        var fetcher = await station.StartFetcher();
        if (station.Faults is not null)
            await fetcher.Poll(); // the fetcher's own first one may have broken off, and its next is in a day
        await Await.Until(() => station.Count("select count(*) from fetcher_slices where state = 'published'"), slices => slices >= 8, "the first poll has looked back over two hours");
        await station.Quiet();
        station.Clock.Advance(TimeSpan.FromMinutes(15)); // time that is not asked for yet
        return (simulator, fetcher);
    }

    /// <summary>Polls and waits until everything that follows from it has happened.</summary>
    public static async Task Poll(this Station station, Fetching fetcher)
    {
        await fetcher.Poll();
        await station.Quiet();
    }
}
