using Sigma.Evaluator.Conditions.Threshold;
using Sigma.Evaluator.Rules;

namespace Sigma.UnitTests.Evaluating;

public sealed class State_of_a_series
{
    static readonly ValueLimits Limits = new(Comparison.Above, 10, 10, 8);

    [Fact]
    public void Is_what_brute_force_says_whatever_the_order_of_the_samples()
    {
        foreach (var seed in Enumerable.Range(0, 300))
        {
            Random random = new(seed);
            List<(long At, double Value)> samples =
                [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => ((long)random.Next(1, 40), (double)random.Next(15)))];
            var state = samples.Aggregate(default(SeriesState), (state, sample) => state.With(sample.At, sample.Value, Limits));

            // What counts are the samples that were the newest when they came.
            List<(long At, double Value)> counted = [];
            long? told = null;
            foreach (var sample in samples)
                if (counted.Count == 0 || sample.At > counted[^1].At)
                    counted.Add(sample);
                else if (sample.Value > 10 && sample.At > Known(counted, told))
                    told = counted[^1].At; // of a stretch that nobody knew of: since then it is normal
            Assert.Equal(counted[^1], (state.At, state.Value));
            Assert.Equal(Since(counted, value => value > 10), state.BeyondSince);
            var normal = Since(counted, value => value <= 8);
            Assert.Equal(normal is null || told is null ? normal : Math.Max(normal.Value, told.Value), state.NormalSince);
        }
    }

    [Fact]
    public void Tells_of_nothing_anew_when_samples_come_once_more()
    {
        foreach (var seed in Enumerable.Range(0, 300))
        {
            Random random = new(seed);
            List<(long At, double Value)> samples =
                [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => ((long)random.Next(1, 40), (double)random.Next(15)))];
            var state = samples.Aggregate(default(SeriesState), (state, sample) => state.With(sample.At, sample.Value, Limits));

            Assert.DoesNotContain(samples, sample => state.Tells(sample.At, sample.Value, Limits));
            Assert.Equal(state, samples.Aggregate(state, (state, sample) => state.With(sample.At, sample.Value, Limits)));
        }
    }

    [Theory]
    [InlineData(Comparison.Above, 10, false), InlineData(Comparison.Above, 11, true), InlineData(Comparison.AtLeast, 10, true)]
    [InlineData(Comparison.Below, 10, false), InlineData(Comparison.Below, 9, true), InlineData(Comparison.AtMost, 10, true)]
    [InlineData(Comparison.Outside, 9, true), InlineData(Comparison.Outside, 10, false), InlineData(Comparison.Outside, 20, false)]
    [InlineData(Comparison.Outside, 21, true)]
    public void Compares_as_the_rule_says(Comparison beyond, double value, bool expected) =>
        Assert.Equal(expected, new ValueLimits(beyond, 10, 20, 10).IsBeyond(value));

    /// <summary>Up to when what was beyond the limit is of a stretch that was the newest once, or was told of since.</summary>
    static long Known(List<(long At, double Value)> counted, long? told) =>
        Math.Max(told ?? 0, counted.Select((sample, i) => sample.Value > 10 || i > 0 && counted[i - 1].Value > 10 ? sample.At : 0).Max());

    static long? Since(List<(long At, double Value)> samples, Predicate<double> holds)
    {
        var first = samples.FindLastIndex(sample => !holds(sample.Value)) + 1;
        return first == samples.Count ? null : samples[first].At;
    }
}
