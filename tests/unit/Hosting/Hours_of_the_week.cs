using Sigma.Hosting.Time;

namespace Sigma.UnitTests.Hosting;

public sealed class Hours_of_the_week
{
    // 29 November 2026 is a Sunday.
    [Theory]
    [InlineData("mon-fri 08:00-18:00", "2026-11-27T12:00Z", "2026-11-27T18:00Z")]
    [InlineData("mon-fri 08:00-18:00", "2026-11-27T08:00Z", "2026-11-27T18:00Z")]
    [InlineData("mon-fri 08:00-18:00", "2026-11-27T18:00Z", null)]
    [InlineData("mon-fri 08:00-18:00", "2026-11-29T12:00Z", null)]
    [InlineData("sat,sun 00:00-24:00", "2026-11-28T23:59Z", "2026-11-29T00:00Z")]
    [InlineData("fri-mon 22:00-06:00", "2026-12-01T05:59Z", "2026-12-01T06:00Z")] // begun on Monday
    [InlineData("fri-mon 22:00-06:00", "2026-12-01T22:00Z", null)]
    [InlineData("22:00-06:00", "2026-12-02T01:00Z", "2026-12-02T06:00Z")]
    [InlineData("08:00-08:00", "2026-12-02T01:00Z", "2026-12-02T08:00Z")]
    [InlineData("mon-fri 08:00-18:00 America/Sao_Paulo", "2026-11-27T20:59Z", "2026-11-27T21:00Z")]
    [InlineData("mon-fri 08:00-18:00 America/Sao_Paulo", "2026-11-27T10:59Z", null)]
    public void Include_a_moment_until_they_end(string hours, string at, string? end) =>
        Assert.Equal(end is null ? null : DateTimeOffset.Parse(end, null),
            WeeklyHours.Parse(hours, TimeZoneInfo.Utc).EndOf(DateTimeOffset.Parse(at, null)));

    [Theory]
    [InlineData("mon-fri 08:00-18:00", "2026-11-27T12:00Z", "2026-11-30T08:00Z")]
    [InlineData("mon-fri 08:00-18:00", "2026-11-30T07:59Z", "2026-11-30T08:00Z")]
    [InlineData("sun 08:00-18:00", "2026-11-29T08:00Z", "2026-12-06T08:00Z")]
    public void Begin_again(string hours, string at, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next, null), WeeklyHours.Parse(hours, TimeZoneInfo.Utc).NextAfter(DateTimeOffset.Parse(at, null)));

    [Fact]
    public void That_the_clocks_pass_over_begin_a_week_later()
    {
        var hours = WeeklyHours.Parse("sun 02:00-03:00 America/New_York", null);
        var next = hours.NextAfter(DateTimeOffset.Parse("2026-03-01T12:00Z", null));
        Assert.Equal(DateTimeOffset.Parse("2026-03-15T06:00Z", null), next);
    }

    [Theory]
    // New York: clocks go from 2:00 to 3:00 on 8 March 2026, and from 2:00 back to 1:00 on 1 November.
    [InlineData("America/New_York", "sun 00:00-06:00", "2026-03-08", 5.0)]
    [InlineData("America/New_York", "sun 00:00-06:00", "2026-11-01", 7.0)]
    [InlineData("America/New_York", "sun 00:00-06:00", "2026-11-08", 6.0)]
    [InlineData("America/New_York", "sun 02:30-04:00", "2026-03-08", 1.0)]
    [InlineData("America/New_York", "sun 02:00-03:00", "2026-03-08", 0.0)]
    [InlineData("America/New_York", "sun 01:00-02:00", "2026-11-01", 2.0)]
    [InlineData("America/New_York", "sat 22:00-03:00", "2026-03-07", 4.0)]
    // São Paulo: at midnight of 4 November 2018 the clocks went to 1:00.
    [InlineData("America/Sao_Paulo", "sun 00:00-06:00", "2018-11-04", 5.0)]
    [InlineData("America/Sao_Paulo", "sat 22:00-24:00", "2018-11-03", 2.0)]
    public void Are_as_long_as_the_clocks_make_them(string zone, string hours, string day, double length)
    {
        var weekly = WeeklyHours.Parse(hours, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var from = DateTimeOffset.Parse(day + "T00:00Z", null);

        var minutes = Enumerable.Range(0, 2 * 24 * 60).Count(minute => weekly.EndOf(from.AddMinutes(minute)) is not null);

        Assert.Equal(length * 60, minutes);
    }

    [Theory]
    [InlineData("America/New_York", 2026), InlineData("America/Sao_Paulo", 2018), InlineData("Europe/Lisbon", 2026),
        InlineData("Australia/Lord_Howe", 2026)]
    public void End_when_they_say_and_begin_when_they_say_all_year_round(string zone, int year)
    {
        Random random = new(year);
        var clocks = TimeZoneInfo.FindSystemTimeZoneById(zone);
        for (var round = 0; round < 300; round++)
        {
            var days = new[] { "sun", "mon-wed", "fri,sun", "sat-sun" }[random.Next(4)];
            var hours = WeeklyHours.Parse($"{days} {random.Next(24):00}:{random.Next(2) * 30:00}-{random.Next(24):00}:00", clocks);
            var at = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(365 * 24 * 60));
            if (hours.EndOf(at) is { } end)
            {
                Assert.True(end > at && hours.EndOf(end.AddMinutes(-1)) is not null);
                continue;
            }
            var next = hours.NextAfter(at);
            Assert.True(next > at && hours.EndOf(next) is not null && hours.EndOf(next.AddMinutes(-1)) is null);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("mon-fri")]
    [InlineData("8-18")]
    [InlineData("mon-fri 08:00")]
    [InlineData("workdays 08:00-18:00")]
    [InlineData("mon-fri 08:00-25:00")]
    [InlineData("mon-fri-sun 08:00-18:00")]
    [InlineData("08:00-18:00 Europe/Lisbon now")]
    public void That_cannot_be_read_are_refused(string hours) =>
        Assert.StartsWith("is not hours of the week", Assert.Throws<FormatException>(() => WeeklyHours.Parse(hours, TimeZoneInfo.Utc)).Message);

    [Fact]
    public void Say_their_zone_where_there_is_none_to_fall_back_on()
    {
        Assert.Equal("names no time zone: write it behind the hours, as 08:00-18:00 America/Sao_Paulo",
            Assert.Throws<FormatException>(() => WeeklyHours.Parse("08:00-18:00", null)).Message);
        Assert.NotNull(WeeklyHours.Parse("08:00-18:00 America/Sao_Paulo", null).EndOf(DateTimeOffset.Parse("2026-12-02T12:00Z", null)));
    }

    [Theory]
    [InlineData("mon-fri 08:00-18:00", "2026-11-27T12:00Z", "2026-11-27T12:00Z")]
    [InlineData("mon-fri 08:00-18:00", "2026-11-27T18:00Z", "2026-11-30T08:00Z")]
    [InlineData("22:00-06:00", "2026-11-27T06:00Z", "2026-11-27T22:00Z")]
    public void Have_a_first_moment_from_any_moment_on(string hours, string at, string first) =>
        Assert.Equal(DateTimeOffset.Parse(first, null), HourSet.Parse([hours], TimeZoneInfo.Utc).FirstFrom(DateTimeOffset.Parse(at, null)));

    [Fact]
    public void Of_a_zone_that_is_none_are_refused() => Assert.Equal("names a time zone that this system does not know: Mars/Olympus",
        Assert.Throws<FormatException>(() => WeeklyHours.Parse("08:00-18:00 Mars/Olympus", TimeZoneInfo.Utc)).Message);
}
