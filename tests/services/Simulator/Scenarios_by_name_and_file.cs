using Sigma.Simulator;
using Sigma.Simulator.Scenarios;
using Sigma.Simulator.Segware;
using static Sigma.ServiceTests.Simulator.SimulatorSession;

namespace Sigma.ServiceTests.Simulator;

public sealed class Scenarios_by_name_and_file
{
    private static readonly DateTimeOffset Before = Noon.AddHours(-3);

    private static async Task<List<SegwareEvent>> Play(Action<SimulatorOptions> change, params double[] lookAtMinutes)
    {
        await using var sim = await Start(change);
        foreach (var minutes in lookAtMinutes)
        {
            sim.Clock.Now = Noon.AddMinutes(minutes);
            sim.App.Offered(Before, sim.Clock.Now);
        }

        return [.. sim.App.Offered(Before, Noon.AddDays(1))];
    }

    [Theory]
    [InlineData("steady")]
    [InlineData("burst")]
    [InlineData("storm")]
    [InlineData("excused")]
    [InlineData("late")]
    [InlineData("demo")]
    public async Task Give_the_same_events_for_the_same_seed_however_often_one_looks(string scenario)
    {
        void Change(SimulatorOptions o) => (o.Scenario, o.Seed, o.Keys) = (scenario, 42, scenario == "storm" ? 20 : null);

        var once = await Play(Change, 15);
        var often = await Play(Change, 0.1, 1, 2.5, 7, 7, 15);
        var otherSeed = await Play(o => { Change(o); o.Seed = 43; }, 15);

        Assert.NotEmpty(once);
        Assert.Equal(once.OrderBy(e => e.Id), often.OrderBy(e => e.Id));
        Assert.NotEqual(once, otherSeed);
    }

    [Fact]
    public async Task Demo_raises_one_key_over_twenty_between_one_and_four_minutes_and_then_leaves_it_silent()
    {
        var events = await Play(o => o.Scenario = "demo", 120);
        var keys = events.Where(e => e.At >= Noon).GroupBy(e => (e.AccountId, e.Cuc, e.Code)).ToList();

        var burst = Assert.Single(keys, key => key.Count() >= 20);
        Assert.Equal(25, burst.Count());
        Assert.Equal(Noon.AddMinutes(1), burst.Min(e => e.At));
        Assert.Equal(Noon.AddMinutes(4), burst.Max(e => e.At));
        Assert.True(keys.Count > 50, $"background traffic of many keys was expected, not {keys.Count}");
        Assert.DoesNotContain(events.GroupBy(e => (e.AccountId, e.Cuc, e.Code)), key => key.Key != burst.Key && key.Count() >= 20);
    }

    [Fact]
    public async Task Demo_has_occurrences_that_the_system_user_closes_later()
    {
        await using var sim = await Start(o => o.Scenario = "demo");
        sim.Clock.Now = Noon.AddMinutes(5);
        var early = await sim.Excused(Noon, Noon.AddMinutes(5));

        sim.Clock.Now = Noon.AddMinutes(15);
        var later = await sim.Excused(Noon, Noon.AddMinutes(5));

        Assert.True(later.Length > early.Length, $"{early.Length} excused at first, {later.Length} later");
    }

    [Fact]
    public async Task Storm_bursts_on_as_many_keys_as_asked()
    {
        var events = await Play(o => (o.Scenario, o.Keys, o.BurstSize) = ("storm", 30, 40), 10);

        Assert.Equal(30, events.GroupBy(e => (e.AccountId, e.Cuc, e.Code)).Count(key => key.Count() == 40));
    }

    [Fact]
    public async Task Late_holds_events_back_and_then_shows_them()
    {
        await using var sim = await Start(o => o.Scenario = "late");
        sim.Clock.Now = Noon.AddMinutes(4);
        var offered = sim.App.Offered(Noon, Noon.AddMinutes(4)).Count;
        var shown = (await sim.Events(Noon, Noon.AddMinutes(4))).Length;

        sim.Clock.Now = Noon.AddMinutes(6);

        Assert.True(shown < offered, $"{shown} of {offered} were shown at once");
        Assert.Equal(offered, (await sim.Events(Noon, Noon.AddMinutes(4))).Length);
    }

    [Fact]
    public async Task Excused_shares_one_occurrence_among_the_events_of_a_burst_closed_before_or_after_them()
    {
        await using var sim = await Start(o => o.Scenario = "excused");
        sim.Clock.Now = Noon.AddMinutes(5);
        var burst = sim.App.Offered(Noon, Noon.AddMinutes(5)).Where(e => e.AccountId == 200_000).ToList();
        var early = await sim.Excused(Noon, Noon.AddMinutes(5));

        Assert.Equal(25, burst.Count);
        var occurrence = Assert.Single(burst.Select(e => e.OccurrenceId).Distinct());
        Assert.Contains(early, o => o.GetProperty("id").ToString() == occurrence);
    }

    [Fact]
    public async Task A_file_can_repeat_bursts_and_break_things()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file,
            """
            {
              "name": "mine",
              "streams": [
                { "keys": 2, "keysPerAccount": 2, "firstAccount": 9, "eventsPerKey": 3, "lasts": "00:01:00", "repeatEvery": "00:10:00" },
              ],
              "faults": [ { "path": "/v1/companies", "kind": "Status", "status": 503 } ] // from the start
            }
            """);

        await using var sim = await Start(o => o.ScenarioFile = file);
        sim.Clock.Now = Noon.AddMinutes(25);
        var events = sim.App.Offered(Noon, sim.Clock.Now);

        Assert.Equal(3 * 6, events.Count);
        Assert.All(events, e => Assert.Equal(9, e.AccountId));
        Assert.Equal(2, events.Select(e => (e.Cuc, e.Code)).Distinct().Count());
        Assert.Equal(503, (int)(await sim.Segware.GetAsync("/v1/companies")).StatusCode);
        File.Delete(file);
    }

    [Fact]
    public async Task A_scenario_made_in_code_is_played_too()
    {
        var scenario = new Scenario { Streams = [new EventStream { PerMinute = 600, Lasts = TimeSpan.FromMinutes(1), Cuc = "PAB", Code = "XXX1" }] };

        var events = await Play(o => o.CustomScenario = scenario, 30);

        Assert.Equal(600, events.Count);
        Assert.All(events, e => Assert.Equal(("PAB", "XXX1"), (e.Cuc, e.Code)));
    }
}
