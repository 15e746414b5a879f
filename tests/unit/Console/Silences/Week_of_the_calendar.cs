using Microsoft.Extensions.Options;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Silences;

namespace Sigma.UnitTests.Console.Silences;

public sealed class Week_of_the_calendar
{
    static readonly StationTime Clock = new(Options.Create(new ConsoleOptions()));
    static readonly DateTime Monday = new(2026, 11, 30);

    [Theory, InlineData("2026-11-30"), InlineData("2026-12-03"), InlineData("2026-12-06")]
    public void Begins_on_the_Monday_of_each_of_its_days(string day) =>
        Assert.Equal(Monday, CalendarWeek.MondayOf(DateTime.Parse(day, null)));

    [Fact]
    public void Has_each_silence_where_it_is_and_none_of_another_week()
    {
        var week = CalendarWeek.Of(Monday, Clock,
        [
            Span("tuesday", "2026-12-01T00:00", "2026-12-02T00:00"), Span("ever", "2020-01-01T00:00", "2026-12-01T12:00"),
            Span("next week", "2026-12-07T00:00", "2026-12-08T00:00"), Span("short", "2026-12-05T10:00", "2026-12-05T10:01"),
        ], []);

        Assert.Equal(["ever", "tuesday", "short"], week.Rows.Select(row => row.Name));
        Assert.Equal([(0, 216)], week.Rows[0].Bars.Select(bar => (bar.X, bar.Width)));
        Assert.Equal([(144, 144)], week.Rows[1].Bars.Select(bar => (bar.X, bar.Width)));
        Assert.Equal(2, week.Rows[2].Bars.Single().Width);
        Assert.Equal(7, week.Days.Count);
        Assert.Equal(TimeSpan.FromHours(-3), week.From.Offset);
    }

    [Fact]
    public void Has_each_turn_of_a_maintenance_window_in_the_time_zone_of_the_station()
    {
        var week = CalendarWeek.Of(Monday, Clock, [],
            [new("nightly", ["mon-wed 22:00-02:00"]), new("named zone", ["sun 05:00-06:00 UTC"]), new("unreadable", ["at times"])]);

        Assert.Equal(["nightly", "named zone"], week.Rows.Select(row => row.Name));
        Assert.Equal(["2026-11-30T22:00", "2026-12-01T22:00", "2026-12-02T22:00"], week.Rows[0].Bars.Select(bar => Clock.Input(bar.From)));
        Assert.All(week.Rows[0].Bars, bar => Assert.Equal(TimeSpan.FromHours(4), bar.To - bar.From));
        Assert.Equal("2026-12-06T02:00", Clock.Input(week.Rows[1].Bars.Single().From));
    }

    [Fact]
    public void Begins_in_the_middle_of_a_turn_that_began_before_it()
    {
        var bar = CalendarWeek.Of(Monday, Clock, [], [new("always", ["00:00-24:00"])]).Rows.Single().Bars;
        Assert.Equal((0, CalendarWeek.Width), (bar[0].X, bar.Sum(one => one.Width)));
        Assert.Equal(0, CalendarWeek.Of(Monday, Clock, [], [new("sunday night", ["sun 22:00-02:00"])]).Rows.Single().Bars[0].X);
    }

    static CalendarSpan Span(string name, string from, string to) => new(name, CalendarKind.Silence, Clock.Read(from)!.Value, Clock.Read(to)!.Value);
}
