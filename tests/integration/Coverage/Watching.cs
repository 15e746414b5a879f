using Sigma.IntegrationTests.Pipeline;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier.SelfMonitoring;
using Sigma.Notifier.SystemNotices;
using Sigma.Simulator;

namespace Sigma.IntegrationTests.Coverage;

/// <summary>The steps of tests in which a tracker goes blind. The notifiers look ten times a second; the clock is moved on by hand.</summary>
internal static class Watching
{
    /// <summary>Everything runs, has looked back once, and the source has just been watched.</summary>
    public static async Task<(SimulatorApp Simulator, Fetching Fetcher)> StartWatching(Station station)
    {
        Quickly(station);
        var simulator = await station.StartSimulator();
        await Task.WhenAll(station.StartEvaluator(), station.StartNotifier());
        var fetcher = await station.StartFetcher();
        await UntilHeard(station, fetcher);
        await SomeMoreLooks(station); // what is told from memory, when the database does not answer, must have been seen
        Assert.Empty(simulator.Received.Messages);
        return (simulator, fetcher);
    }

    /// <summary>A report may be lost; the next poll's says more.</summary>
    public static Task UntilHeard(Station station, Fetching fetcher) => Await.Until(async () =>
        {
            await fetcher.Poll();
            return await station.Count("select coalesce(max(watermark), 0) from notifier_watermarks where source = 'segware'");
        }, seen => seen > station.Clock.GetUtcNow().AddMinutes(-1).ToUnixTimeMilliseconds(), "the notifier has heard of the poll");

    public static void Quickly(Station station)
    {
        station.Settings.TryAdd("Notifier:Blindness:Grace", "00:00:00");
        station.Settings["Notifier:Blindness:CheckEvery"] = "00:00:00.1";
    }

    public static async Task CatchUp(Station station, Fetching fetcher) => await Await.Until(async () =>
    {
        station.Clock.Advance(TimeSpan.FromSeconds(20)); // failed slices wait for their turn
        await station.Poll(fetcher);
        return await station.Count("select count(*) from fetcher_slices where state <> 'published'");
    }, open => open == 0, "everything is caught up with");

    /// <summary>Waits for a message with these words.</summary>
    public static Task<string> Message(SimulatorApp simulator, string words, Fetching? polling = null) => Await.Until(async () =>
    {
        if (polling is not null)
            await polling.Poll();
        var said = simulator.Received.Messages.Select(m => m.Message).ToList();
        return said.Find(message => message.Contains(words, StringComparison.Ordinal)) ?? $"{said.Count} other messages";
    }, message => message.Contains(words, StringComparison.Ordinal), $"WhatsApp has: {words}");

    /// <summary>
    /// A notifier that does not hear that it has written down what it said says it again, and rightly: so with faults inside nothing is counted.
    /// </summary>
    public static async Task AssertNothingElse(Station station, SimulatorApp simulator, int messages)
    {
        await SomeMoreLooks(station);
        if (station.Faults is null)
            Assert.Equal(messages, simulator.Received.Messages.Count);
    }

    /// <summary>Every notifier looks some times more, and then for something to say.</summary>
    public static async Task SomeMoreLooks(Station station)
    {
        await station.Quiet();
        await station.Turns<SourceMonitor>(5);
        await station.Turns<NoticeSender>(5);
    }
}
