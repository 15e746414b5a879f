using Microsoft.Extensions.DependencyInjection;
using Sigma.Evaluator.Retention;
using Sigma.IntegrationTests.Coverage;
using Sigma.IntegrationTests.Faults;
using Sigma.IntegrationTests.Pipeline;
using Sigma.IntegrationTests.Stations;
using Sigma.Simulator;
using Sigma.Simulator.Faults;

namespace Sigma.IntegrationTests.Clocks;

/// <summary>The clock of the station's machine is hours ahead for a moment, then right. Segware's is right all the time.</summary>
public sealed class A_clock_that_was_ahead(ITestOutputHelper output)
{
    [Theory, InlineData(3), InlineData(100)]
    public async Task Holds_up_nothing_once_it_is_right(int hours)
    {
        await using var station = await Station.Create(output);
        (station.Settings["Notifier:Deliveries:RetryFrom"], station.Settings["Notifier:Deliveries:RetryTo"]) = ("00:00:03", "00:00:03");
        var (simulator, fetcher) = await station.StartAll();
        // A message that could not be sent is put off while the clock is ahead.
        var refused = simulator.Faults.Add(Fault.WithStatus("*/send_message", 503));
        var ahead = TimeSpan.FromHours(hours);
        Jump(station, simulator, ahead);
        Burst(station, simulator, 4711, Segware(station, simulator));
        await fetcher.Poll();
        await Await.Until(
            () =>
                station.Count(
                    "select count(*) from notifier_deliveries where channel = 'whatsapp' and attempts > 0 and state in ('pending', 'waiting')"),
            waiting => waiting == 1, "the message waits for its next try");

        Jump(station, simulator, -ahead);
        refused.Dispose();
        station.Clock.Advance(TimeSpan.FromMinutes(2));
        Burst(station, simulator, 4712, station.Clock.GetUtcNow());
        await Await.Until(async () =>
        {
            await fetcher.Poll();
            return simulator.Received.Messages.Count(m => m.Message.Contains("25 eventos", StringComparison.Ordinal));
        }, told => told >= 2, "both alerts are told, without waiting for hours");
        Assert.Equal(2, station.Alerts.Raised.Count);
        Assert.Empty(station.Alerts.Cleared);
        Assert.Equal(0,
            await station.Count("select count(*) from fetcher_slices where slice_to > @now",
                new { now = station.Clock.GetUtcNow().ToUnixTimeMilliseconds() }));
        Assert.Equal(0,
            await station.Count("select count(*) from evaluator_coverage where covered_to > @now",
                new { now = station.Clock.GetUtcNow().ToUnixTimeMilliseconds() }));
    }

    [Fact]
    public async Task Does_not_hide_that_nobody_watches_afterwards()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("which report is the last one");
        var (simulator, fetcher) = await Watching.StartWatching(station);
        // Also Segware's: then nothing contradicts, and all that is reported is of the future.
        station.Clock.Advance(TimeSpan.FromHours(3));
        await Watching.UntilHeard(station, fetcher);
        await station.Stop(fetcher.Service);

        station.Clock.Advance(TimeSpan.FromHours(-3));
        await Await.Until(() => station.Count("select max(watermark) from notifier_watermarks"),
            seen => seen <= station.Clock.GetUtcNow().AddSeconds(1).ToUnixTimeMilliseconds(), "what was reported of the future is taken back");
        station.Clock.Advance(TimeSpan.FromMinutes(11));

        await Watching.Message(simulator, "a coleta não dá notícias");
    }

    [Fact]
    public async Task Purges_nothing_that_a_window_needs()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await station.StartAll();
        var evaluator = await station.StartEvaluator();
        Burst(station, simulator, 1, station.Clock.GetUtcNow(), events: 15);
        await station.Poll(fetcher);
        var stored = await station.Count("select count(*) from evaluator_window");

        station.Clock.Advance(TimeSpan.FromDays(400));
        await Purged(evaluator.Services.GetRequiredService<Purge>());
        station.Clock.Advance(TimeSpan.FromDays(-400));

        Assert.NotEqual(0, stored);
        Assert.Equal(stored, await station.Count("select count(*) from evaluator_window"));
    }

    [Fact]
    public async Task Does_not_matter_where_it_is_Segwares_and_five_minutes_behind()
    {
        await using var station = await Station.Create(output);
        var (simulator, fetcher) = await station.StartAll(new SimulatorOptions { Segware = new() { ClockAhead = TimeSpan.FromMinutes(-5) } });
        station.Clock.Advance(TimeSpan.FromMinutes(1));
        Burst(station, simulator, 4711, Segware(station, simulator));
        await station.Poll(fetcher);

        await station.Alerts.UntilRaised(1);
        await Await.Until(async () =>
        {
            await fetcher.Poll(); // a report may be lost; the next one says more
            return await station.Count("select count(*) from notifier_watermarks where watermark < @before or counted_until < @before",
                new { before = station.Clock.GetUtcNow().AddMinutes(-1).ToUnixTimeMilliseconds() });
        }, behind => behind == 0, "the watermark is where our clock is");
    }

    // As its schedule would do it: what fails is done again the next time.
    static async Task Purged(Purge purge)
    {
        while (true)
        {
            try
            {
                await purge.Run(CancellationToken.None);
                return;
            }
            catch (Exception) when (FaultPlan.Seed is not null)
            {
                // injected
            }
        }
    }

    static void Jump(Station station, SimulatorApp simulator, TimeSpan by)
    {
        simulator.Options.Segware.ClockAhead -= by;
        station.Clock.Advance(by);
    }

    static DateTimeOffset Segware(Station station, SimulatorApp simulator) => station.Clock.GetUtcNow() + simulator.Options.Segware.ClockAhead;

    static void Burst(Station station, SimulatorApp simulator, long account, DateTimeOffset until, int events = 25) =>
        simulator.Segware.AddBurst(account, "ALR", "E130", events, until.AddSeconds(-55), TimeSpan.FromSeconds(2));
}
