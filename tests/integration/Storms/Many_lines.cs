using System.Diagnostics;
using Sigma.Contracts;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Storms;

/// <summary>What log lines cost of which rules look for few.</summary>
public sealed class Many_lines(ITestOutputHelper output)
{
    const int Batches = 100, PerBatch = 1_000;
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Cost_rows_where_a_rule_looks_for_them_alone()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("how long it takes is the subject");
        foreach (var (rule, search) in ((int, string)[])[(0, "\"out of memory\""), (1, "panic* -test level>=high"), (2, "segfault")])
            foreach (var (name, value) in ((string, string)[])[("Name", $"rule-{rule}"), ("Source", "syslog"), ("Lines", search),
                ("GroupBy", "host")])
                station.Settings[$"Evaluator:Rules:{rule}:{name}"] = value;
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        await evaluators[0].Feed(Batch(0)); // the code is compiled, as in a service that has run for a while
        await station.Quiet();

        var batches = Enumerable.Range(1, Batches).Select(Batch).ToList();
        var (began, received) = (Stopwatch.GetTimestamp(), station.Traffic.Received);
        await Task.WhenAll(batches.Chunk(Batches / 2).Select((some, number) => evaluators[number].Feed(some)));
        await Await.Until(() => Task.FromResult(station.Traffic.Received - received), done => done >= Batches, "all are taken",
            TimeSpan.FromMinutes(2));
        var rate = Batches * PerBatch / Stopwatch.GetElapsedTime(began).TotalSeconds;
        output.WriteLine($"{rate:#,0} lines a second");
        await station.Quiet();

        Assert.True(rate > 5_000, $"{rate:#,0} lines a second are taken.");
        Assert.Equal(Batches + 1, await station.Count("select count(*) from evaluator_events"));
        Assert.Equal(["host-0"], station.Alerts.Raised.Select(alert => alert.Label("host")));
        Assert.Empty(station.Traffic.Faults);
    }

    static LogBatch Batch(int number) => new()
    {
        BatchId = Guid.NewGuid(), Source = "syslog",
        Lines = [.. Enumerable.Range(0, PerBatch).Select(i => new LogLine
        {
            At = Noon.AddMilliseconds(1_000 * number + i), Level = i % 10 == 0 ? "high" : "info",
            Labels = new Dictionary<string, string> { ["host"] = $"host-{i / 100}", ["app"] = "kernel", ["facility"] = "daemon" },
            Text = i == 7 ? $"Killed process {number}: Out of memory, score 917, total-vm 2097152 kB, anon-rss 1048576 kB"
                : $"request {number}-{i} of user {i % 50} took {i % 300} ms and answered 200 with {i * 17} bytes over connection {i % 64}, "
                    + "kept alive, no cache, agent Mozilla/5.0 (X11; Linux x86_64)",
        })],
    };
}
