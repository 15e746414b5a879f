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
            Assert.Equal(Plain(times, Rule(threshold, clearBelow, keepFor)),
                Of(Rule(threshold, clearBelow, keepFor), [0, 120 * Minute], times).Select(episode => (episode.RaisedAt, episode.ClearedAt)));
        }
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Begin_in_the_hours_of_the_rule_and_when_it_has_lasted(int seed)
    {
        Random random = new(seed);
        for (var i = 0; i < 300; i++)
        {
            var threshold = random.Next(1, 6);
            var hours = random.Next(3) == 0 ? null : $"00:{random.Next(60):00}-01:{random.Next(60):00} UTC";
            var rule = Rule(threshold, random.Next(1, threshold + 1), random.Next(2) * random.Next(12) * Minute,
                random.Next(2) * random.NextInt64(8 * Minute), hours);
            List<long> times = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.NextInt64(1, 90 * Minute)).Order()];
            Assert.Equal(Plain(times, rule),
                Of(rule, [0, 120 * Minute], times).Select(episode => (episode.RaisedAt, episode.ClearedAt)));
        }
    }

    static List<BacktestEpisode> Of(int threshold, int clearBelow, long[] covered, params long[] times) =>
        Of(Rule(threshold, clearBelow, 0), covered, times);

    static List<BacktestEpisode> Of(Rule rule, long[] covered, IReadOnlyList<long> times) =>
        new KeyEpisodes(rule, rule.UsualLimits, [.. covered.Chunk(2).Select(pair => new CoveredRange(pair[0], pair[1]))], Minute).Of(times);

    static Rule Rule(int threshold, int clearBelow, long keepFor, long held = 0, string? hours = null) => new(new RuleOptions
    {
        Name = "rule", Window = TimeSpan.FromMilliseconds(Window), Threshold = threshold, ClearBelow = clearBelow,
        KeepFor = TimeSpan.FromMilliseconds(keepFor), For = TimeSpan.FromMilliseconds(held), Hours = hours is null ? [] : [hours],
    });

    // Looks at every minute, and counts whole windows.
    static List<(long, long?)> Plain(List<long> times, Rule rule)
    {
        var ((threshold, clearBelow), keepFor) = (rule.UsualLimits, (long)rule.Options.KeepFor.TotalMilliseconds);
        List<(long, long?)> episodes = [];
        long? raised = null;
        var judged = long.MinValue;
        for (var now = Minute; now <= 120 * Minute; now += Minute)
        {
            if (raised is null)
            {
                // What came in this minute, when a window that ends there is full, or may be raised in it only now.
                raised = Moments_of_a_raise.Possible(times, rule, Math.Max(judged + 1, now - Minute))
                    .Where(t => t > judged && t >= now - Minute && t < now && Moments_of_a_raise.MayBe(times, rule, threshold, t, judged))
                    .Select(t => (long?)t).Min();
                if (raised is null)
                    continue;
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
