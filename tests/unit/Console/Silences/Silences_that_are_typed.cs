using Microsoft.Extensions.Options;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Pages.Silences;
using Sigma.OperatorConsole.Silences;

namespace Sigma.UnitTests.Console.Silences;

public sealed class Silences_that_are_typed
{
    static readonly StationTime Clock = new(Options.Create(new ConsoleOptions()));
    static readonly DateTimeOffset Now = new(2026, 11, 30, 15, 30, 0, TimeSpan.Zero); // 12:30 in São Paulo

    [Fact]
    public void Have_a_matcher_a_line_and_times_of_the_station()
    {
        var (order, faults) = new SilenceForm
        {
            Matchers = " account=7 \r\n\r\nseverity!=critical\r\n", From = "2026-11-30T14:00", Until = "2026-11-30T18:00", Why = " porque sim ",
            Action = SilenceForm.Save,
        }.Read(Clock, Now);

        Assert.Empty(faults);
        Assert.Equal(["account=7", "severity!=critical"], order!.Matchers);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 17, 0, 0, TimeSpan.Zero), order.From);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 21, 0, 0, TimeSpan.Zero), order.Until);
        Assert.Equal("porque sim", order.Why);
        Assert.Null(order.SilenceId);
    }

    [Theory]
    [InlineData("1h", "2026-11-30T13:30"), InlineData("4h", "2026-11-30T16:30"), InlineData("8h", "2026-11-30T20:30")]
    [InlineData("morning", "2026-12-01T08:00")]
    public void End_by_a_choice_from_now_on(string quick, string until)
    {
        var order = new SilenceForm { Matchers = "account=7", Quick = quick }.Read(Clock, Now).Order!;
        Assert.Null(order.From);
        Assert.Equal(until, Clock.Input(order.Until));
    }

    [Theory]
    [InlineData("", "", "2026-11-30T18:00", "x", "FaultMatchers")]
    [InlineData("account=7", "soon", "2026-11-30T18:00", "x", "FaultFrom")]
    [InlineData("account=7", "", "", "x", "FaultUntil")]
    [InlineData("account=7", "", "2026-11-30T12:00", "x", "FaultOrder")]
    [InlineData("account=7", "2026-12-02T00:00", "2026-12-01T00:00", "x", "FaultOrder")]
    [InlineData("account=7", "", "2026-11-30T18:00", "  ", "FaultWhy")]
    public void Are_not_sent_while_something_is_missing_or_wrong(string matchers, string from, string until, string why, string fault)
    {
        SilenceForm form = new() { Matchers = matchers, From = from, Until = until, Why = why, Action = SilenceForm.Save };
        var (order, faults) = form.Read(Clock, Now);
        Assert.Null(order);
        Assert.Equal([fault], faults);
    }

    [Fact]
    public void Of_a_time_that_the_clocks_pass_over_or_have_twice_are_read_all_the_same()
    {
        StationTime berlin = new(Options.Create(new ConsoleOptions { TimeZone = "Europe/Berlin" }));
        Assert.Equal("2026-03-29T03:00", berlin.Input(berlin.Read("2026-03-29T02:30")!.Value));
        Assert.Equal(TimeSpan.FromHours(1), berlin.Read("2026-10-25T02:30", last: true)!.Value - berlin.Read("2026-10-25T02:30")!.Value);
        Assert.Null(berlin.Read("tomorrow"));
    }
}
