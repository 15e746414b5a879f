using Sigma.Evaluator.Backtests;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;

namespace Sigma.UnitTests.Evaluating;

public sealed class Episodes_of_a_backtest
{
    const long Minute = 60_000, Window = 10 * Minute;

    [Fact]
    public void Last_through_a_gap_and_end_when_a_whole_window_is_covered_after_it()
    {
        var episodes = Of(threshold: 2, clearBelow: 2, [0, 8 * Minute, 45 * Minute, 90 * Minute], 1 * Minute, 2 * Minute, 80 * Minute);

        Assert.Equal([new BacktestEpisode(2 * Minute, 55 * Minute, 2)], episodes);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Are_those_of_plain_counting_minute_by_minute(int seed)
    {
        Random random = new(seed);
        for (var i = 0; i < 300; i++)
        {
            var threshold = random.Next(1, 6);
            var clearBelow = random.Next(1, threshold + 1);
            var keepFor = random.Next(2) * random.Next(12) * Minute;
            List<long> times = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.NextInt64(1, 90 * Minute)).Order()];
            Assert.Equal(Plain(times, threshold, clearBelow, keepFor),
                Of(threshold, clearBelow, [0, 120 * Minute], times, keepFor).Select(episode => (episode.RaisedAt, episode.ClearedAt)));
        }
    }

    static List<BacktestEpisode> Of(int threshold, int clearBelow, long[] covered, params long[] times) =>
        Of(threshold, clearBelow, covered, times, 0);

    static List<BacktestEpisode> Of(int threshold, int clearBelow, long[] covered, IReadOnlyList<long> times, long keepFor) =>
        new KeyEpisodes(new Rule(new RuleOptions
        {
            Name = "rule", Window = TimeSpan.FromMilliseconds(Window), Threshold = threshold, ClearBelow = clearBelow,
            KeepFor = TimeSpan.FromMilliseconds(keepFor),
        }), new Limits(threshold, clearBelow), [.. covered.Chunk(2).Select(pair => new CoveredRange(pair[0], pair[1]))], Minute).Of(times);

    // Looks at every minute, and counts whole windows.
    static List<(long, long?)> Plain(List<long> times, int threshold, int clearBelow, long keepFor)
    {
        List<(long, long?)> episodes = [];
        long? raised = null;
        var judged = long.MinValue;
        for (var now = Minute; now <= 120 * Minute; now += Minute)
        {
            if (raised is null)
            {
                // What came in this minute, when a window that ends there is full.
                var full = times.Where(t => t > judged && t >= now - Minute && t < now && In(t) >= threshold).ToList();
                if (full.Count == 0)
                    continue;
                raised = full[0];
            }
            var normal = now >= Window + keepFor && In(now) < clearBelow && AllNormal(now - keepFor, now);
            if (!normal)
                continue;
            episodes.Add((raised.Value, now));
            (raised, judged) = (null, now);
        }
        if (raised is { } lasting)
            episodes.Add((lasting, null));
        return episodes;

        int In(long end) => times.Count(t => t > end - Window && t <= end);

        // A count changes only where an event comes or goes.
        bool AllNormal(long from, long to) => times.SelectMany(t => (long[])[t, t + Window - 1]).Where(t => t > from && t <= to).Append(to)
            .All(t => In(t) < clearBelow);
    }
}
