using System.Diagnostics;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Telemetry;

public sealed class A_collector_that_is_of_no_use(ITestOutputHelper output)
{
    [Fact]
    public async Task Because_it_hangs_or_is_away_holds_up_neither_the_work_nor_the_stop()
    {
        await using var hanging = await Collector.Start(hangs: true);
        await using var station = await Station.Create(output);
        var simulator = await station.StartSimulator();
        station.Settings["Fetcher:PollInterval"] = "00:00:01";
        await using var evaluator = RunningService.Start("Evaluator", station.Settings, Collector.At("http://127.0.0.1:1"));
        await using var fetcher = RunningService.Start("Fetcher", station.Settings, hanging.Environment);
        await Await.Until(() => Task.FromResult((Polls: simulator.Received.Calls.Count(c => c.Path.Contains("occurrences")), hanging.Requests)),
            seen => seen is { Polls: > 3, Requests: > 0 }, "the fetcher polls on");
        await Await.Until(() => station.Count("select count(*) from evaluator_coverage where covered_to > 0"), covered => covered > 0,
            "the evaluator counts what it gets");

        foreach (var service in (RunningService[])[fetcher, evaluator])
        {
            var asked = Stopwatch.GetTimestamp();
            Assert.Equal(0, await service.Stop());
            output.WriteLine($"It stopped within {Stopwatch.GetElapsedTime(asked).TotalSeconds:0.0} s");
            if (service == fetcher) // the one whose collector would have it wait
                Assert.True(Stopwatch.GetElapsedTime(asked) < TimeSpan.FromSeconds(10), "a stop takes at most ten seconds");
            string[] complaints = ["telemetry", "otlp", nameof(HttpRequestException), nameof(TaskCanceledException)];
            Assert.InRange(service.Said.Split('\n').Count(line => complaints.Any(c => line.Contains(c, StringComparison.OrdinalIgnoreCase))), 0, 1);
        }
    }
}
