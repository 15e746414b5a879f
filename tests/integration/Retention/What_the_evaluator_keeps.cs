using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Evaluator.Retention;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Faults;
using Sigma.IntegrationTests.Stations;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Retention;

/// <summary>The default window is two hours, so four hours behind the covered time are kept.</summary>
public sealed class What_the_evaluator_keeps(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_windows_behind_the_covered_time_are_kept_and_what_is_older_is_purged()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await Covered(station, evaluator, Now(station).AddHours(-12), Now(station));

        await Purge(evaluator);

        // A slice an hour, each with an event at its start: those of the last four hours, and none before.
        Assert.Equal(4, await station.Count("select count(*) from evaluator_events"));
        Assert.Equal(4, await station.Count("select count(*) from evaluator_window"));
        Assert.InRange(await station.Count("select count(*) from evaluator_parts"), 4, 5);
        var oldest = await station.Count("select min(occurred_at) from evaluator_events");
        Assert.InRange(oldest, Now(station).AddHours(-4).AddMinutes(-1).ToUnixTimeMilliseconds(), Now(station).ToUnixTimeMilliseconds());
        // The covered stretch is what clears alerts: it stays whole.
        Assert.Equal(1, await station.Count("select count(*) from evaluator_coverage where covered_to - covered_from = 12 * 3600000"));
    }

    [Fact]
    public async Task Longer_where_a_setting_says_so()
    {
        await using var station = await Station.Create(output);
        station.Settings["Evaluator:KeepEvents"] = "08:00:00";
        var evaluator = await station.StartEvaluator();
        await Covered(station, evaluator, Now(station).AddHours(-12), Now(station));

        await Purge(evaluator);

        Assert.Equal(8, await station.Count("select count(*) from evaluator_events"));
    }

    [Fact]
    public async Task A_shorter_setting_takes_nothing_that_a_window_needs()
    {
        await using var station = await Station.Create(output);
        station.Settings["Evaluator:KeepEvents"] = "00:30:00";
        var evaluator = await station.StartEvaluator();
        await Covered(station, evaluator, Now(station).AddHours(-12), Now(station));

        await Purge(evaluator);

        Assert.Equal(4, await station.Count("select count(*) from evaluator_events"));
    }

    [Fact]
    public async Task What_lies_around_a_gap_is_kept_until_the_gap_is_filled_and_a_late_slice_finds_its_neighbours()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        var gap = Now(station).AddHours(-9);
        await Covered(station, evaluator, Now(station).AddHours(-15), gap);
        // Ten before the gap and five behind it: an excess only together with five that are missing.
        await station.Feed(evaluator, Slice(gap.AddMinutes(-10), gap, Burst(10, gap.AddMinutes(-5), "around")));
        await station.Feed(evaluator, Slice(gap.AddMinutes(10), gap.AddMinutes(20), Burst(5, gap.AddMinutes(15), "around")));
        await Covered(station, evaluator, gap.AddMinutes(20), Now(station));

        await Purge(evaluator);

        // Four hours before the gap are kept: thirteen hours ago.
        Assert.Equal(15,
            await station.Count("select count(*) from evaluator_window w join evaluator_events e using (event_key) where e.labels like '%around%'"));
        Assert.Equal(0,
            await station.Count(
                $"select count(*) from evaluator_events where occurred_at < {gap.AddHours(-4).AddMinutes(-1).ToUnixTimeMilliseconds()}"));
        Assert.Empty(station.Alerts.Raised);

        await station.Feed(evaluator, Slice(gap, gap.AddMinutes(10), Burst(5, gap.AddMinutes(2), "around")));
        await station.Alerts.UntilRaised(1);
        await Purge(evaluator);
        Assert.Equal(0,
            await station.Count(
                $"select count(*) from evaluator_events where occurred_at < {Now(station).AddHours(-4).AddMinutes(-1).ToUnixTimeMilliseconds()}"));
    }

    [Fact]
    public async Task A_gap_that_nobody_fills_holds_things_up_for_two_days_and_no_longer()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        var longAgo = Now(station).AddDays(-4);
        await station.Feed(evaluator, Slice(longAgo, longAgo.AddHours(1), [Event("before the gap", longAgo)]));
        await station.Feed(evaluator, Slice(longAgo.AddHours(2), Now(station), [Event("behind it", longAgo.AddHours(2)),
            Event("yesterday", Now(station).AddDays(-1)), Event("now", Now(station).AddMinutes(-1))]));

        await Purge(evaluator);

        // The gap is older than two days, so what is behind it counts as covered until now.
        Assert.Equal(1, await station.Count("select count(*) from evaluator_events"));
        Assert.Equal(1, await station.Count("select count(*) from evaluator_coverage where covered_to > 0"));
    }

    [Fact]
    public async Task Nothing_is_purged_before_anything_was_covered()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        // The second part of a slice of two: stored, and not covered.
        await station.Feed(evaluator,
            Slice(Now(station).AddDays(-3), Now(station).AddDays(-3).AddHours(1), [Event("old", Now(station).AddDays(-3))], part: 2, parts: 2));

        await Purge(evaluator);

        Assert.Equal(1, await station.Count("select count(*) from evaluator_events"));
    }

    [Fact]
    public async Task Excuses_and_the_ends_of_episodes_go_when_nothing_can_need_them()
    {
        await using var station = await Station.Create(output);
        var evaluator = await station.StartEvaluator();
        await Covered(station, evaluator, Now(station).AddHours(-12), Now(station));
        await station.Feed(evaluator, new OccurrencesExcused { Source = "segware", OccurrenceIds = ["of now"] });
        await Execute(station, $"""
            insert into evaluator_excused(occurrence_key, excused_at) values(x'{Guid.NewGuid():N}',
              {Now(station).AddDays(-1).ToUnixTimeMilliseconds()}),
              (x'{Guid.NewGuid():N}', {Now(station).AddDays(-2).AddHours(-5).ToUnixTimeMilliseconds()});
            insert into evaluator_cleared(trigger_id, cleared_through) values(x'{Guid.NewGuid():N}',
            {Now(station).AddHours(-3).ToUnixTimeMilliseconds()}),
              (x'{Guid.NewGuid():N}', {Now(station).AddHours(-5).ToUnixTimeMilliseconds()});
            """);

        await Purge(evaluator);

        Assert.Equal(2, await station.Count("select count(*) from evaluator_excused"));
        Assert.Equal(1, await station.Count("select count(*) from evaluator_cleared"));
    }

    static DateTimeOffset Now(Station station)
    {
        var now = station.Clock.GetUtcNow();
        return new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
    }

    /// <summary>A slice an hour with an event at its middle, all of one account and too few for an alert.</summary>
    static Task Covered(Station station, Microsoft.AspNetCore.Builder.WebApplication evaluator, DateTimeOffset from, DateTimeOffset to) =>
        station.Feed(evaluator, Enumerable.Range(0, (int)Math.Ceiling((to - from).TotalHours)).Select(hour =>
        {
            var start = from.AddHours(hour);
            var end = from.AddHours(hour + 1) is var next && next < to ? from.AddHours(hour + 1) : to;
            return Slice(start, end, [Event($"{start:O}", start.AddMinutes(20))]);
        }));

    /// <summary>One that a fault has broken off is begun again, as the schedule would five minutes later.</summary>
    static async Task Purge(Microsoft.AspNetCore.Builder.WebApplication evaluator)
    {
        while (true)
        {
            try
            {
                await evaluator.Services.GetRequiredService<Purge>().Run(CancellationToken.None);
                return;
            }
            catch (Exception) when (FaultPlan.Seed is not null)
            {
                // injected
            }
        }
    }

    static async Task Execute(Station station, string sql)
    {
        await using var session = await station.Database.Begin(CancellationToken.None);
        await session.Execute(sql, null, CancellationToken.None);
        await session.Commit(CancellationToken.None);
    }
}
