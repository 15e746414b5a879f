using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Conditions.Counting;
using Sigma.IntegrationTests.Stations;
using Sigma.Storage;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Evaluation;

public sealed class Counting_against_brute_force(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public async Task Random_streams_cut_doubled_and_shuffled_raise_what_brute_force_says(int seed)
    {
        await using var station = await Station.Create(output);
        station.Settings["Evaluator:Rules:0:Name"] = "rule";
        station.Settings["Evaluator:Rules:0:GroupBy"] = "account";
        station.Settings["Evaluator:Rules:0:Window"] = RandomStream.Window.ToString();
        station.Settings["Evaluator:Rules:0:Threshold"] = $"{RandomStream.Threshold}";
        station.Settings["Evaluator:KeepEvents"] = "2.00:00:00"; // the first slice to come is not the oldest: what is older is not past
        var evaluators = await Task.WhenAll(station.StartEvaluator(), station.StartEvaluator());
        var stream = new RandomStream(seed);

        var batches = stream.Batches();
        var late = new OccurrencesExcused { Source = "segware", OccurrenceIds = [.. stream.ExcusedLate] };
        await Task.WhenAll(
            evaluators[0].Feed(batches.Where((_, i) => i % 2 == 0)), evaluators[1].Feed(batches.Where((_, i) => i % 2 == 1)),
            evaluators[0].Feed(late));
        var parts = batches.Select(b => (b.SliceFrom, b.Part)).Distinct().Count();
        await Await.Until(() => station.Count("select count(*) from evaluator_parts"), stored => stored == parts, $"all {parts} parts are stored");
        await station.Quiet();

        var raised = station.Alerts.Raised.Select(l => l.Label("account")).ToHashSet();
        Assert.Empty(stream.KeysOver(stream.ExcusedEarly, stream.ExcusedLate).Except(raised));   // what is over in the end must have been raised
        Assert.Empty(raised.Except(stream.KeysOver(stream.ExcusedEarly)));                       // what never was must not
        await Counts_equal(evaluators[0].Services.GetRequiredService<RuleSet>().All[0], station, stream);

        await station.Feed(evaluators[1], Slice(Noon.AddHours(1), Noon.AddHours(2), []));
        Assert.Equal(station.Alerts.Raised.Select(l => l.AlertId).Order(), station.Alerts.Cleared.Select(l => l.AlertId).Order());
        Assert.Empty(station.Traffic.Faults);
    }

    [Fact]
    public async Task A_panel_that_floods_for_two_hours_is_counted_in_one_pass()
    {
        const int Events = 30_000;
        await using var station = await Station.Create(output);
        station.WithoutFaults("how long it takes is the subject");
        var (trigger, noon, window) = (Guid.NewGuid(), Noon.ToUnixTimeMilliseconds(), (long)TimeSpan.FromHours(2).TotalMilliseconds);
        await using var session = await station.Database.Begin(CancellationToken.None);
        foreach (var some in Enumerable.Range(1, Events).Chunk(1_000))
        {
            using SqlRows rows = new(session.Dialect);
            foreach (var number in some)
                rows.Add(trigger, noon + number * 200L, Guid.NewGuid(), (string?)null);
            await session.Execute($"insert into evaluator_window(trigger_id, occurred_at, event_key, occurrence_key) values {rows}", null,
                CancellationToken.None);
        }

        var begun = Stopwatch.GetTimestamp();
        var found = await WindowCount.ThresholdCrossings(session, [trigger], window, 20, 0, noon, noon + window, CancellationToken.None);

        Assert.Equal((Events, Noon.AddMilliseconds(200)), (found.Single().Count, found.Single().FirstEvent));
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(5), $"It took {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s.");
    }

    static async Task Counts_equal(Rule rule, Station station, RandomStream stream)
    {
        await using var session = await station.Database.Begin(CancellationToken.None);
        foreach (var key in Enumerable.Range(0, 6).Select(k => $"{k}"))
        {
            var trigger = rule.TriggerId(new Dictionary<string, string> { ["account"] = key });
            var fill = stream.Fill(key, stream.ExcusedEarly, stream.ExcusedLate);
            foreach (var threshold in Enumerable.Range(1, 9))
            {
                var from = Noon.AddMinutes(10);
                var to = Noon.AddMinutes(50);
                var due = fill.Where(f => f.Count >= threshold && f.At >= from && f.At <= to).ToList();
                var found = await WindowCount.ThresholdCrossings(session, [trigger], rule.Window, threshold, 0, from.ToUnixTimeMilliseconds(),
                    to.ToUnixTimeMilliseconds(), CancellationToken.None);
                Assert.Equal(due.Count == 0 ? [] : [(due[^1].At, due[^1].Count)], found.Select(e => (e.WindowTo, e.Count)));

                var after = Noon.AddMinutes(threshold * 5);
                var left = fill.Where(f => f.At > after).Select(f => f.At).OrderDescending().ToList();
                var remaining =
                    (await WindowCount.RemainingCounts(session, [trigger], after.ToUnixTimeMilliseconds(), threshold, CancellationToken.None))
                        .SingleOrDefault();
                Assert.Equal(left.Count, remaining?.Count ?? 0);
                Assert.Equal(left.Count >= threshold ? left[threshold - 1].ToUnixTimeMilliseconds() : null, remaining?.LimitingEventAt);
            }
        }
    }
}
