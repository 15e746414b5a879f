using Sigma.Fetcher.Coverage;

namespace Sigma.UnitTests.Fetcher;

public sealed class Halving_slices
{
    [Fact]
    public void Slices_follow_each_other_without_a_gap_and_the_last_is_what_remains()
    {
        var slices = SlicePlan.Cut(1_000, 1_000 + 3_700_000, TimeSpan.FromMinutes(15)).ToList();

        Assert.Equal(5, slices.Count);
        Assert.Equal((1_000L, 3_701_000L), (slices[0].From, slices[^1].To));
        Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(TimeSpan.FromSeconds(100), slices[^1].Length);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(999, 0)]
    [InlineData(1000, 0)]
    [InlineData(1001, 2)]
    [InlineData(900_000, 2)]
    public void A_slice_is_halved_down_to_a_second(long length, int halves)
    {
        var slice = new Slice(5, 5 + length);

        var result = SlicePlan.Halve(slice);

        Assert.Equal(halves, result.Count);
        if (halves == 2)
            Assert.Equal((slice.From, result[1].From, slice.To), (result[0].From, result[0].To, result[1].To));
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(3, 120)]
    [InlineData(5, 300)]
    [InlineData(500, 300)]
    public void The_wait_after_a_failure_doubles_up_to_five_minutes(int attempts, int seconds)
    {
        var failed = new Slice(0, 1) { State = SliceState.Failed, Attempts = attempts, AskedAt = 1_000_000 };

        Assert.False(SlicePlan.IsDue(failed, 1_000_000 + seconds * 1000 - 1));
        Assert.True(SlicePlan.IsDue(failed, 1_000_000 + seconds * 1000));
    }
}
