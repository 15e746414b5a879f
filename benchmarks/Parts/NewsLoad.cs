using System.Diagnostics;
using Sigma.Benchmarks.Broker;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;
using Sigma.Evaluator;
using Sigma.Evaluator.Conditions.Absence;
using Sigma.Storage;

namespace Sigma.Benchmarks.Parts;

/// <summary>
/// 100,000 agents that beat and 100,000 series: how much of their news is stored and judged a second, and what does it cost that nothing is due?
/// </summary>
internal static class NewsLoad
{
    const string Part = "News of 100,000 agents and 100,000 series, batches of 1,000";
    const int Ahead = 8, SweptKeys = 1_000_000, Sweeps = 20;

    public static async Task Run(BenchmarkServers servers, CommandLine wanted, Report report, CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "news", ct);
        var evaluator = station.Start("evaluator", "Sigma.Evaluator.dll", [.. Rules()]);
        await evaluator.Ready(ct);
        await using var publisher = await BatchPublisher.Start(station.Broker, ct);
        var seconds = wanted.Seconds ?? 60;
        Progress.Say($"News for {seconds} s");
        evaluator.Memory.Begin();
        var processors = ProcessorTime.Begin(servers, station.Services);
        var started = Stopwatch.GetTimestamp();
        var batches = 0L;
        var began = TimeProvider.System.GetUtcNow();
        for (var turn = 0; Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; turn++)
        {
            var (round, batch) = (turn / News.Batches, turn % News.Batches);
            while (await publisher.Waiting(EvaluatorQueues.Beats, ct) + await publisher.Waiting(EvaluatorQueues.Samples, ct) > Ahead)
                await Task.Delay(5, ct);
            // Each agent beats twice a minute, each series is measured once.
            await publisher.Publish(News.Beats(2 * round, batch, began), ct);
            await publisher.Publish(News.Beats(2 * round + 1, batch, began), ct);
            await publisher.Publish(News.Samples(2 * round, batch, began), ct);
            batches += 3;
        }
        while (await publisher.Waiting(EvaluatorQueues.Beats, ct) + await publisher.Waiting(EvaluatorQueues.Samples, ct) > 0)
            await Task.Delay(5, ct);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;

        report.Note(
            "News: of three batches two are of beats. An agent that beats every 30 s and a series a minute are 5,000 items a second together.");
        report.Add(
            new Figure(Part, "items a second, stored and judged", batches * News.BatchSize / took, "/s") { AtLeast = 5_000 },
            new Figure(Part, "alerts raised meanwhile", await station.Ask<long>("select count(*) from sigma_cloud_events_tracker_triggers", null, ct),
                "")
                { AtMost = 0 });
        report.Add([.. processors.Figures(Part, batches * News.BatchSize)]);
        report.Add([.. evaluator.Memory.Figures(Part, evaluator.Name, judgeGrowth: true)]);
        await station.Stop(evaluator);
        await Sweep(station, report, ct);
    }

    static async Task Sweep(BenchmarkStation station, Report report, CancellationToken ct)
    {
        Progress.Say($"A sweep over {SweptKeys:#,0} keys of which none is due");
        await using var session = await station.Database.Begin(ct);
        var due = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds();
        for (var first = 0; first < SweptKeys; first += News.BatchSize)
        {
            using SqlRows rows = new(session.Dialect);
            for (var key = first; key < first + News.BatchSize; key++)
                rows.Add(Ids.From("swept", $"{key}"), "silent-agent", $"{{\"host\":\"swept-{key}\"}}", due, due, 0, null as string, due + key);
            await session.Execute(
                $"insert into evaluator_heard(trigger_id, rule, labels, heard_at, heard_since, fails, said, due_at) values {rows}", null, ct);
            await session.Commit(ct);
            await session.Begin(ct);
        }
        List<double> took = [];
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var started = Stopwatch.GetTimestamp();
            await HeardTable.Due(session, "silent-agent", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 3_600_000, 500, ct);
            await session.Commit(ct);
            await session.Begin(ct);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        report.Add(new Figure(Part, $"a sweep over {SweptKeys:#,0} keys, none due, longest of {Sweeps}", took.Max(), "ms") { AtMost = 50 });
    }

    static IEnumerable<(string, string)> Rules()
    {
        yield return ("Evaluator__Rules__0__Name", "silent-agent");
        yield return ("Evaluator__Rules__0__Kind", "absence");
        yield return ("Evaluator__Rules__0__Source", News.Agents);
        yield return ("Evaluator__Rules__0__GroupBy", "host");
        yield return ("Evaluator__Rules__0__After", "00:05:00");
        yield return ("Evaluator__Rules__1__Name", "load");
        yield return ("Evaluator__Rules__1__Kind", "threshold");
        yield return ("Evaluator__Rules__1__Source", News.Metrics);
        yield return ("Evaluator__Rules__1__GroupBy", "host");
        yield return ("Evaluator__Rules__1__Limit", "95");
    }
}
