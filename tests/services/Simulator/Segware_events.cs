using System.Net;
using System.Text.Json;
using static Sigma.ServiceTests.Simulator.SimulatorSession;

namespace Sigma.ServiceTests.Simulator;

public sealed class Segware_events
{
    [Fact]
    public async Task Answers_the_events_of_a_slice_in_the_order_of_time()
    {
        await using var sim = await Start();
        sim.App.Segware.Add(Event(Noon.AddMinutes(-1), account: 3));
        sim.App.Segware.Add(Event(Noon.AddMinutes(-3), account: 1));
        sim.App.Segware.AddRange([Event(Noon.AddMinutes(-2), account: 2), Event(Noon.AddHours(-9))]);

        var events = await sim.Events(Noon.AddMinutes(-5), Noon);

        Assert.Equal([1, 2, 3], events.Select(e => e.GetProperty("accountId").GetInt64()));
        Assert.Equal("2026-11-20T11:57:00.000Z", events[0].GetProperty("eventDate").GetString());
        Assert.False(events[0].TryGetProperty("occurrenceId", out _), "an event without occurrence has no such field");
    }

    [Theory]
    [InlineData(true, true, 3)]
    [InlineData(false, true, 2)]
    [InlineData(true, false, 2)]
    [InlineData(false, false, 1)]
    public async Task Takes_in_the_ends_of_a_slice_as_the_switches_say(bool start, bool end, int expected)
    {
        await using var sim = await Start(o => (o.Segware.StartInclusive, o.Segware.EndInclusive) = (start, end));
        sim.App.Segware.AddBurst(7, "ALR", "E130", 3, Noon.AddMinutes(-2), TimeSpan.FromMinutes(1));

        Assert.Equal(expected, (await sim.Events(Noon.AddMinutes(-2), Noon)).Length);
    }

    [Fact]
    public async Task Shows_a_late_event_only_once_it_has_arrived_and_a_future_one_only_when_it_happens()
    {
        await using var sim = await Start();
        sim.App.Segware.AddRange([Event(Noon.AddMinutes(-10), availableAt: Noon.AddMinutes(5)), Event(Noon.AddMinutes(1))]);
        Assert.Empty(await sim.Events(Noon.AddHours(-1), Noon.AddHours(1)));

        sim.Clock.Now = Noon.AddMinutes(1);
        Assert.Single(await sim.Events(Noon.AddHours(-1), Noon.AddHours(1)));

        sim.Clock.Now = Noon.AddMinutes(5);
        Assert.Equal(2, (await sim.Events(Noon.AddHours(-1), Noon.AddHours(1))).Length);
    }

    [Fact]
    public async Task Refuses_a_slice_with_more_than_the_limit_and_answers_one_with_just_as_many()
    {
        await using var sim = await Start(o => o.EventLimit = 100);
        sim.App.Segware.AddBurst(7, "ALR", "E130", 101, Noon.AddSeconds(-101), TimeSpan.FromSeconds(1));

        using var tooMany = await sim.Segware.GetAsync($"/v1/events?{Slice(Noon.AddSeconds(-101), Noon)}");

        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
        Assert.Contains("\"messageKey\":\"registers_over_limit\"", await tooMany.Content.ReadAsStringAsync());
        Assert.Equal(100, (await sim.Events(Noon.AddSeconds(-100), Noon)).Length);
    }

    [Theory]
    [InlineData("startDate=2026-11-20T11:00:00.000&endDate=2026-11-20T12:00:00.000Z")]
    [InlineData("startDate=2026-11-20&endDate=2026-11-20T12:00:00.000Z")]
    [InlineData("startDate=yesterday&endDate=2026-11-20T12:00:00.000Z")]
    [InlineData("startDate=2026-13-20T11:00:00Z&endDate=2026-11-20T12:00:00.000Z")]
    [InlineData("startDate=2026-11-20T11:00:00.000Z")]
    [InlineData("startDate=2026-11-20T13:00:00.000Z&endDate=2026-11-20T12:00:00.000Z")]
    public async Task Refuses_dates_without_offset_unreadable_missing_or_reversed(string query)
    {
        await using var sim = await Start();

        using var answer = await sim.Segware.GetAsync($"/v1/events?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("invalid_date", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Reads_an_escaped_offset_as_the_moment_it_means()
    {
        await using var sim = await Start();
        sim.App.Segware.Add(Event(Noon));

        var events = await sim.Array("/v1/events?startDate=2026-11-20T09:00:00.000-03:00&endDate=2026-11-20T14%3A00%3A00%2B02%3A00");

        Assert.Single(events);
    }

    [Fact]
    public async Task Streams_thirty_thousand_of_a_million_events()
    {
        await using var sim = await Start();
        sim.App.Segware.AddBurst(7, "ALR", "E130", 1_000_000, Noon.AddSeconds(-1_000_000), TimeSpan.FromSeconds(1));

        await using var body = await sim.Segware.GetStreamAsync($"/v1/events?{Slice(Noon.AddSeconds(-30_000), Noon.AddSeconds(-1))}");
        var count = 0;
        await foreach (var _ in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(body))
        {
            count++;
        }

        Assert.Equal(30_000, count);
    }

    [Fact]
    public async Task Keeps_milliseconds_only_so_that_an_event_lies_in_the_slice_that_shows_it()
    {
        await using var sim = await Start();
        sim.App.Segware.Add(Event(Noon.AddMilliseconds(-1).AddTicks(4_321)));

        var shown = Assert.Single(await sim.Events(Noon.AddMilliseconds(-1), Noon.AddMilliseconds(-1)));

        Assert.Equal("2026-11-20T11:59:59.999Z", shown.GetProperty("eventDate").GetString());
    }
}
