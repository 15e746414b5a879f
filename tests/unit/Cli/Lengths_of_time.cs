using Sigma.Cli;

namespace Sigma.UnitTests.Cli;

public sealed class Lengths_of_time
{
    [Theory]
    [InlineData("30m", "00:30:00")]
    [InlineData("2h", "02:00:00")]
    [InlineData("10d", "10.00:00:00")]
    [InlineData("01:30:00", "01:30:00")]
    public void Are_read_as_people_type_them(string typed, string length) =>
        Assert.Equal(TimeSpan.Parse(length, null), Duration.Read("--for", typed));

    [Theory]
    [InlineData("2", "--for 2 is not understood: write 30m, 2h or 1d.")] // two days, or two hours?
    [InlineData("2 h", "--for 2 h is not understood: write 30m, 2h or 1d.")]
    [InlineData("123456h", "--for 123456h is not understood: write 30m, 2h or 1d.")]
    [InlineData("25:00:00:00:00", "--for 25:00:00:00:00 is not understood: write 30m, 2h or 1d.")]
    [InlineData("0m", "--for must be more than 0.")]
    [InlineData("-01:00:00", "--for must be more than 0.")]
    public void That_nobody_can_be_sure_of_are_refused(string typed, string reason) =>
        Assert.Equal(reason, Assert.Throws<UsageException>(() => Duration.Read("--for", typed)).Message);
}
