using Sigma.Evaluator.Conditions.Counting;
using Sigma.Evaluator.Rules;
using Sigma.Hosting.Time;
using Sigma.Storage;

namespace Sigma.UnitTests.Evaluating;

public sealed class Moments_of_a_raise
{
    const long Minute = 60_000, Window = 10 * Minute;

    [Theory]
    // Two events within ten minutes; the second one comes at minute 4, and the window holds both until minute 11.
    [InlineData(0, null, 4)]
    [InlineData(3, null, 7)]
    [InlineData(7, null, null)]
    [InlineData(0, "00:06-01:00 UTC", 6)]
    [InlineData(0, "00:11-01:00 UTC", null)]
    [InlineData(0, "00:00-00:05 UTC", 4)]
    [InlineData(3, "00:00-00:05 UTC", null)]
    [InlineData(3, "00:09-01:00 UTC", 9)]
    public void Are_when_it_has_lasted_and_the_hours_have_begun(int held, string? hours, int? minute) => Assert.Equal(minute * Minute,
        RaiseMoment.First([1 * Minute, 4 * Minute], Rule(2, held * Minute, hours), 2, 0, -1));

    [Fact]
    public void Need_an_event_after_what_an_earlier_episode_has_covered()
    {
        long[] times = [1 * Minute, 4 * Minute, 9 * Minute];
        Assert.Equal(9 * Minute, RaiseMoment.First(times, Rule(2, 0, "00:00-01:00 UTC"), 2, 5 * Minute + 1, 5 * Minute));
        Assert.Equal(11 * Minute, RaiseMoment.First(times, Rule(2, 2 * Minute, null), 2, 5 * Minute + 1, 5 * Minute));
        Assert.Null(RaiseMoment.First(times, Rule(2, 0, "00:00-01:00 UTC"), 2, 9 * Minute + 1, 9 * Minute));
    }

    [Theory]
    // New York: at 2:00 of 8 March 2026 the clocks go to 3:00, which is 7:00 UTC; at 2:00 of 1 November, 6:00 UTC, back to 1:00.
    [InlineData("sun 02:30-04:00 America/New_York", "2026-03-08T06:30Z", "2026-03-08T07:00Z")]
    [InlineData("sun 01:00-02:00 America/New_York", "2026-11-01T04:00Z", "2026-11-01T05:00Z")]
    [InlineData("sun 01:00-02:00 America/New_York", "2026-11-01T06:30Z", "2026-11-01T06:30Z")]
    [InlineData("sun 01:00-02:00 America/New_York", "2026-11-01T07:00Z", null)]
    // São Paulo: at midnight of 4 November 2018, 3:00 UTC, the clocks went to 1:00.
    [InlineData("sun 00:00-06:00 America/Sao_Paulo", "2018-11-04T02:30Z", "2018-11-04T03:00Z")]
    public void Follow_the_clocks_when_they_are_changed(string hours, string excess, string? raised)
    {
        var from = DateTimeOffset.Parse(excess, null).ToUnixTimeMilliseconds();
        Rule rule = new(new RuleOptions { Name = "rule", Window = TimeSpan.FromHours(2), Threshold = 2, Hours = [hours] });
        Assert.Equal(raised is null ? null : DateTimeOffset.Parse(raised, null), RaiseMoment.First([from - 1, from], rule, 2, 0, -1)?.ToTime());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Are_those_that_a_look_at_every_possible_one_finds(int seed)
    {
        Random random = new(seed);
        for (var round = 0; round < 500; round++)
        {
            var threshold = random.Next(1, 5);
            var held = random.Next(2) * random.NextInt64(15 * Minute);
            var zone = random.Next(2) == 0 ? "UTC" : "Asia/Kolkata";
            var hours = random.Next(2) == 0 ? null
                : $"{random.Next(2):00}:{random.Next(60):00}-{random.Next(2, 4):00}:{random.Next(60):00} {zone}";
            var rule = Rule(threshold, held, hours);
            List<long> times = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.NextInt64(1, 120 * Minute)).Order()];
            var judged = random.Next(2) == 0 ? -1 : random.NextInt64(120 * Minute);
            var from = Math.Max(judged + 1, random.NextInt64(120 * Minute));

            var expected = Possible(times, rule, from).Where(moment => moment >= from && MayBe(times, rule, threshold, moment, judged))
                .Select(moment => (long?)moment).Min();
            Assert.Equal(expected, RaiseMoment.First(times, rule, threshold, from, judged));
            // What lies further back changes nothing.
            Assert.Equal(expected, RaiseMoment.First([.. times.Where(time => time > RaiseMoment.LooksBackFrom(rule, from))], rule, threshold, from,
                judged));
        }
    }

    /// <summary>All moments at which it can begin to be so.</summary>
    internal static IEnumerable<long> Possible(IReadOnlyCollection<long> times, Rule rule, long from)
    {
        foreach (var moment in times.Select(time => time + rule.For).Append(from))
        {
            yield return moment;
            if (rule.Hours is { } hours)
                yield return hours.FirstFrom(moment.ToTime()).ToUnixTimeMilliseconds();
        }
    }

    /// <summary>
    /// Plainly: it is in the hours, all windows that end in the time before it were full, and something has come since what was judged.
    /// </summary>
    internal static bool MayBe(IReadOnlyCollection<long> times, Rule rule, int threshold, long moment, long judged) =>
        rule.Hours?.EndOf(moment.ToTime()) is not null == rule.Hours is not null
        && times.Where(time => time <= moment - rule.For).DefaultIfEmpty(judged).Max() > judged
        // A count falls only where an event leaves.
        && times.Select(time => time + rule.Window).Where(time => time > moment - rule.For && time <= moment).Append(moment - rule.For).Append(moment)
            .All(at => times.Count(time => time > at - rule.Window && time <= at) >= threshold);

    static Rule Rule(int threshold, long held, string? hours) => new(new RuleOptions
    {
        Name = "rule", Window = TimeSpan.FromMilliseconds(Window), Threshold = threshold, For = TimeSpan.FromMilliseconds(held),
        Hours = hours is null ? [] : [hours],
    });
}
