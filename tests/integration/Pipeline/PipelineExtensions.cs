using Sigma.IntegrationTests.Stations;
using Sigma.Simulator;

namespace Sigma.IntegrationTests.Pipeline;

internal static class PipelineExtensions
{
    /// <summary>
    /// The simulator and one of each service; the fetcher has polled once, over an empty past, and the last quarter of an hour is not fetched yet.
    /// </summary>
    public static async Task<(SimulatorApp Simulator, Fetching Fetcher)> StartAll(this Station station, SimulatorOptions? options = null)
    {
        var simulator = await station.StartSimulator(options);
        await Task.WhenAll(station.StartEvaluator(), station.StartNotifier());
        var fetcher = await station.StartFetcher();
        await station.Published(fetcher, 8, "the first poll has looked back over two hours");
        await station.Quiet();
        station.Clock.Advance(TimeSpan.FromMinutes(15)); // time that is not asked for yet
        return (simulator, fetcher);
    }

    /// <summary>
    /// Waits until so many slices are published. What faults keep the fetcher's own poll from is polled for again; its next is in a day.
    /// </summary>
    public static Task Published(this Station station, Fetching fetcher, int atLeast, string expectation) => Await.Until(async () =>
    {
        if (station.Faults is not null)
            await fetcher.Poll();
        return await station.Count("select count(*) from fetcher_slices where state = 'published'");
    }, slices => slices >= atLeast, expectation);

    /// <summary>Polls and waits until everything that follows from it has happened.</summary>
    public static async Task Poll(this Station station, Fetching fetcher)
    {
        await fetcher.Poll();
        await station.Quiet();
    }
}
