using Sigma.Evaluator.Coverage;

namespace Sigma.UnitTests.Evaluating;

public sealed class Merging_of_covered_time
{
    [Theory]
    [InlineData("10-20", "10-20")]
    [InlineData("10-20 20-30", "10-30")]
    [InlineData("20-30 10-20", "10-30")]
    [InlineData("10-20 21-30", "10-20 21-30")]
    [InlineData("10-20 15-30", "10-30")]
    [InlineData("10-40 15-20", "10-40")]
    [InlineData("10-20 30-40 20-30", "10-40")]
    [InlineData("30-40 10-20 10-20", "10-20 30-40")]
    [InlineData("", "")]
    public void Joins_what_touches_or_overlaps_and_keeps_a_gap(string stretches, string merged) =>
        Assert.Equal(merged, Show(CoverageLog.Merge(Read(stretches))));

    [Fact]
    public void Covers_each_moment_that_a_stretch_covered_whatever_the_order()
    {
        Random random = new(3);
        for (var round = 0; round < 300; round++)
        {
            var stretches = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Stretch(random)).ToList();

            var merged = CoverageLog.Merge(stretches);

            Assert.Equal(Moments(stretches), Moments(merged));
            Assert.All(merged.Zip(merged.Skip(1)), pair => Assert.True(pair.First.To < pair.Second.From, Show(merged)));
        }
    }

    static IEnumerable<long> Moments(List<CoveredRange> stretches) =>
        Enumerable.Range(0, 80).Select(at => (long)at).Where(at => stretches.Exists(stretch => stretch.From <= at && at < stretch.To));

    static CoveredRange Stretch(Random random)
    {
        var from = random.Next(60);
        return new(from, from + random.Next(1, 12));
    }

    static IEnumerable<CoveredRange> Read(string stretches) => stretches.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(stretch => stretch.Split('-')).Select(ends => new CoveredRange(long.Parse(ends[0]), long.Parse(ends[1])));

    static string Show(IEnumerable<CoveredRange> stretches) =>
        string.Join(' ', stretches.Select(stretch => $"{stretch.From}-{stretch.To}"));
}
