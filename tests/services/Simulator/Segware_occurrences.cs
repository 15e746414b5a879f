using System.Net;
using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Simulator.SimulatorSession;

namespace Sigma.ServiceTests.Simulator;

public sealed class Segware_occurrences
{
    private static Occurrence Opened(string id, int minutesAgo, int? closedMinutesAgo, long closedBy = 52583) => new()
    {
        Id = id,
        OpenedAt = Noon.AddMinutes(-minutesAgo),
        ClosedAt = closedMinutesAgo is { } ago ? Noon.AddMinutes(-ago) : null,
        ClosedByUserId = closedMinutesAgo is null ? null : closedBy,
    };

    [Fact]
    public async Task Are_those_the_asked_user_closed()
    {
        await using var sim = await Start();
        sim.App.Segware.Add(Opened("1", 30, 20));
        sim.App.Segware.Add(Opened("2", 30, 20, closedBy: 1001));
        sim.App.Segware.Add(Opened("3", 30, null));

        Assert.Equal(["1"], (await sim.Excused(Noon.AddHours(-1), Noon)).Select(o => o.GetProperty("id").ToString()));
        Assert.Equal(3, (await sim.Array($"/v2/occurrences?{Slice(Noon.AddHours(-1), Noon)}")).Length);
    }

    [Fact]
    public async Task Show_as_closed_only_once_the_clock_is_there()
    {
        await using var sim = await Start();
        sim.App.Segware.Add(Opened("1", 30, closedMinutesAgo: -10));
        Assert.Empty(await sim.Excused(Noon.AddHours(-1), Noon));

        sim.Clock.Now = Noon.AddMinutes(10);

        Assert.Single(await sim.Excused(Noon.AddHours(-1), Noon));
    }

    [Fact]
    public async Task Can_be_closed_afterwards_by_adding_them_again()
    {
        await using var sim = await Start();
        sim.App.Segware.Add(Opened("1", 30, null));
        sim.App.Segware.Add(Opened("1", 30, 5));

        Assert.Single(await sim.Array($"/v2/occurrences?{Slice(Noon.AddHours(-1), Noon)}"));
        Assert.Single(await sim.Excused(Noon.AddHours(-1), Noon));
    }

    [Theory]
    [InlineData(OccurrenceTime.Opened, 1, 0)]
    [InlineData(OccurrenceTime.Closed, 0, 1)]
    public async Task Are_found_by_opening_or_closing_as_the_switch_says(OccurrenceTime by, int atOpening, int atClosing)
    {
        await using var sim = await Start(o => o.Segware.OccurrencesBy = by);
        sim.App.Segware.Add(Opened("1", 50, 10));

        Assert.Equal(atOpening, (await sim.Excused(Noon.AddMinutes(-55), Noon.AddMinutes(-45))).Length);
        Assert.Equal(atClosing, (await sim.Excused(Noon.AddMinutes(-15), Noon)).Length);
    }

    [Fact]
    public async Task Are_refused_when_there_are_too_many_or_the_user_is_no_number()
    {
        await using var sim = await Start(o => o.OccurrenceLimit = 1);
        sim.App.Segware.Add(Opened("1", 30, 20));
        sim.App.Segware.Add(Opened("2", 30, 20));

        using var tooMany = await sim.Segware.GetAsync($"/v2/occurrences?{Slice(Noon.AddHours(-1), Noon)}&occurrenceClosingUserId=52583");
        using var noNumber = await sim.Segware.GetAsync($"/v2/occurrences?{Slice(Noon.AddHours(-1), Noon)}&occurrenceClosingUserId=me");

        Assert.Contains("registers_over_limit", await tooMany.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, noNumber.StatusCode);
    }
}
