using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;
using Sigma.Evaluator;
using Sigma.Evaluator.Backtests;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Benchmarks.Parts;

/// <summary>How long a rule takes over all events of 14 days of a busy station: 20,000 of 3,000 keys in every two hours.</summary>
internal static class BacktestOfTwoWeeks
{
    const string Part = "Back-test over 14 days of 20,000 events per two hours";
    const int Days = 14, Events = Days * 12 * 20_000, Keys = 3_000, RowsPerStatement = 2_000;

    public static async Task Run(BenchmarkServers servers, Report report, CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "backtest", ct);
        var to = TimeProvider.System.GetUtcNow();
        Progress.Say($"Storing {Events:#,0} events of {Days} days");
        await Store(station.Database, to.AddDays(-Days), to, ct);

        Progress.Say("A back-test over them");
        RuleSet rules = new(Options.Create(new EvaluatorOptions()));
        Rule rule = new(new RuleOptions { Name = "tried", Threshold = 12, ClearBelow = 8 });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        var result = await new Backtest(station.Database, rules, TimeSpan.FromMinutes(1)).Run(rule, to.AddDays(-Days - 1), null, ct);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;

        report.Add(
            new Figure(Part, "time until the answer", took, "s") { AtMost = 20 },
            new Figure(Part, "events a second", result.Events / took, "/s") { AtLeast = 100_000 },
            new Figure(Part, "events", result.Events, "") { AtLeast = Events },
            new Figure(Part, "alerts that would have been", result.Alerts.Count, "") { AtLeast = 1 },
            new Figure(Part, "memory it holds at the end", (GC.GetTotalMemory(forceFullCollection: false) - before) / 1e6, "MB"));
    }

    // In the order of their keys, as nothing else makes so many rows soon.
    static async Task Store(Database database, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        Random random = new(14);
        var labels = Enumerable.Range(0, Keys).Select(key => JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["account"] = $"{100_000 + key}", ["cuc"] = "ALR", ["code"] = "E130",
        })).ToList();
        var span = (to - from).TotalMilliseconds;
        var events = Enumerable.Range(0, Events).Select(i => (Key: Ids.From("backtest", $"{i}"), At: from.AddMilliseconds(random.NextDouble() * span),
            // Some panels send a hundred times as much as others.
            Labels: labels[(int)(Keys * Math.Pow(random.NextDouble(), 3))])).ToArray();
        Array.Sort(events, (a, b) => a.Key.CompareTo(b.Key));
        foreach (var some in events.Chunk(RowsPerStatement))
        {
            using SqlRows rows = new(database.Dialect);
            foreach (var (key, at, text) in some)
                rows.Add(key, "segware", $"{key:N}", at.ToUnixTimeMilliseconds(), text, null as Guid?);
            await using var session = await database.Begin(ct);
            await session.Execute(
                $"insert into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key) values {rows}", null,
                ct);
            await session.Commit(ct);
        }
        await new CoverageLog(database).Extend("segware", new CoveredRange(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds()), ct);
    }
}
