using System.Text.Json;
using Sigma.Fetcher.Sources.Probes.BuiltIn;
using Sigma.Fetcher.Sources.Schedule;

namespace Sigma.UnitTests.Fetcher.Sources;

public sealed class Places_slopes_and_turns
{
    static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("/data/0/price", "1.5"), InlineData("data[0].price", "1.5"), InlineData("$.data[0].price", "1.5"), InlineData("/a~1b", "2"),
        InlineData("/m~0n", "3"), InlineData("[0]", null), InlineData("/data/1", null), InlineData("data[0].none", null),
        InlineData("/data/01/x", null)]
    public void A_place_is_a_pointer_or_a_path(string place, string? expected)
    {
        using var json = JsonDocument.Parse("""{"data": [{"price": 1.5}], "a/b": 2, "m~n": 3}""");
        Assert.Equal(expected, JsonPlace.Read(place)!.Of(json.RootElement)?.GetRawText());
    }

    [Theory, InlineData("data[x]"), InlineData("a..b"), InlineData("data[0"), InlineData(".a")]
    public void What_is_neither_is_refused(string place) => Assert.Null(JsonPlace.Read(place));

    [Fact]
    public void A_leak_is_a_line_and_what_goes_up_and_down_is_none()
    {
        Slope leak = new(100), wave = new(100);
        for (var minute = 0; minute < 60; minute++)
        {
            leak.Add(Noon.AddMinutes(minute), 1000 + 60 * minute + minute % 2, TimeSpan.FromHours(1));
            wave.Add(Noon.AddMinutes(minute), 1000 + 500 * (minute % 2), TimeSpan.FromHours(1));
        }
        Assert.InRange(leak.Line!.PerSecond, 0.99, 1.01);
        Assert.True(leak.Line.Fit > 0.99);
        Assert.True(wave.Line!.Fit < 0.1);
    }

    [Fact]
    public void What_is_kept_for_a_line_is_bounded_in_number_and_in_time()
    {
        Slope slope = new(50);
        for (var second = 0; second < 100_000; second++)
            slope.Add(Noon.AddSeconds(second), second, TimeSpan.FromHours(1));
        Assert.InRange(slope.Count, 40, 50);
        Assert.True(slope.Span <= TimeSpan.FromHours(1));
        slope.Add(Noon, 0, TimeSpan.FromHours(1)); // the clock was set back
        Assert.Equal(1, slope.Count);
    }

    [Theory, InlineData("*/5 * * * *"), InlineData("0 3 * * 1-5"), InlineData("0 0 3 ? * MON-FRI"), InlineData("30 2 * * 0")]
    public void Cron_is_read_as_in_any_crontab_or_with_seconds(string text) => Assert.NotNull(CronText.Read(text));

    [Theory, InlineData(""), InlineData("every day"), InlineData("61 * * * *"), InlineData("* * *"), InlineData("0 3 * * 9")]
    public void What_is_no_cron_expression_is_refused(string text) => Assert.Null(CronText.Read(text));

    [Fact]
    public void A_turn_by_cron_is_in_the_time_zone_of_the_settings()
    {
        var turns = Turns.By("0 3 * * *", TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo"));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero), turns.After(Noon));
        Assert.InRange(turns.Apart(Noon).TotalHours, 16, 18);
        // The turn of one minute after the hour is not taken for that of the hour.
        Assert.True(Turns.By("0,1,30 * * * *", TimeZoneInfo.Utc).Apart(Noon.AddMinutes(1)) < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Figures_of_the_machine_are_read()
    {
        var memory = MemoryUse.Read("MemTotal:       8000 kB\nMemFree:  100 kB\nMemAvailable:   2000 kB\n");
        Assert.Equal((8000 * 1024, 6000 * 1024), (memory.Total, memory.Used));
        var before = ProcessorTime.Read("cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 …");
        Assert.Equal(0.25, ProcessorTime.Read("cpu  150 0 100 950 0 0 0 0 0 0").BusySince(before));
        Assert.Null(before.BusySince(before));
        Assert.Throws<InvalidDataException>(() => MemoryUse.Read("nothing"));
        Assert.Throws<InvalidDataException>(() => ProcessorTime.Read("intr 1 2"));
    }
}
