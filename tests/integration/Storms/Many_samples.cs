using System.Diagnostics;
using Sigma.Contracts;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Storms;

/// <summary>What measured values cost of which rules watch few: those that none watches are dropped by their name, and leave no row.</summary>
public sealed class Many_samples(ITestOutputHelper output)
{
    const int Batches = 100, PerBatch = 1_000;
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Cost_rows_where_a_rule_watches_their_series_alone()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("how long it takes is the subject");
        foreach (var (name, value) in ((string, string)[])[("Name", "disk-full"), ("Kind", "threshold"), ("Source", "metrics"), ("GroupBy", "host"),
            ("Series", "disk_used_percent"), ("Limit", "90")])
            station.Settings[$"Evaluator:Rules:0:{name}"] = value;
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await evaluators[0].Feed(Batch(0)); // the code is compiled, as in a service that has run for a while
        await station.Quiet();

        var batches = Enumerable.Range(1, Batches).Select(Batch).ToList();
        var (began, received) = (Stopwatch.GetTimestamp(), station.Traffic.Received);
        await Task.WhenAll(batches.Chunk(Batches / 2).Select((some, number) => evaluators[number].Feed(some)));
        await Await.Until(() => Task.FromResult(station.Traffic.Received - received), done => done >= Batches, "all are taken",
            TimeSpan.FromMinutes(2));
        var rate = Batches * PerBatch / Stopwatch.GetElapsedTime(began).TotalSeconds;
        output.WriteLine($"{rate:#,0} samples a second");
        await station.Quiet();

        Assert.True(rate > 10_000, $"{rate:#,0} samples a second are taken.");
        Assert.Equal(10, await station.Count("select count(*) from evaluator_series"));
        Assert.Empty(station.Alerts.Raised);
        Assert.Empty(station.Traffic.Faults);
    }

    static SamplesReported Batch(int number) => new()
    {
        BatchId = Guid.NewGuid(), Source = "metrics",
        Samples = [.. Enumerable.Range(0, PerBatch).Select(i => new Sample
        {
            Series = i % 100 == 0 ? "disk_used_percent" : $"process_{i % 100}_total", At = Noon.AddSeconds(number), Value = i,
            Labels = new Dictionary<string, string>
            {
                ["host"] = $"host-{i / 100}", ["job"] = "node", ["instance"] = $"10.0.0.{i / 100}:9100", ["mode"] = $"mode-{i % 8}",
            },
        }).Select(sample => sample.Series == "disk_used_percent" ? sample with { Value = 50 } : sample)],
    };
}
