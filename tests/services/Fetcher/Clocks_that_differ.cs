using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sigma.Contracts;
using Sigma.Fetcher.Coverage;
using Sigma.Segware;
using Sigma.Simulator;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using Sigma.Storage;

namespace Sigma.ServiceTests.Fetcher;

/// <summary>The fetcher's clock and Segware's are two.</summary>
public sealed class Clocks_that_differ
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Second = TimeSpan.FromSeconds(1);

    [Theory, InlineData(180), InlineData(60 * 24 * 3)]
    public async Task A_clock_that_is_ahead_for_a_moment_asks_for_no_time_that_has_not_come(int minutes)
    {
        await using var session = await FetcherSession.Start();
        await session.Poll();
        var start = session.Now;

        session.Clock.Now += TimeSpan.FromMinutes(minutes);
        session.Simulator.Options.Segware.ClockAhead = -TimeSpan.FromMinutes(minutes);
        await session.Poll();
        session.Clock.Now = start + 12 * Second;
        session.Simulator.Options.Segware.ClockAhead = TimeSpan.Zero;
        await AssertWatchesOn(session, start);
    }

    [Fact]
    public async Task What_was_called_covered_by_a_clock_that_was_ahead_is_taken_back_and_asked_for()
    {
        await using var session = await FetcherSession.Start();
        await session.Poll();
        var start = session.Now;
        // Nobody contradicts: the simulator's own clock is ahead too.
        session.Clock.Now += TimeSpan.FromHours(3);
        Assert.Equal(start + TimeSpan.FromHours(3), (await session.Poll()).Watermark);
        session.Clock.Now = start + 12 * Second;

        await AssertWatchesOn(session, start);
    }

    [Fact]
    public async Task After_a_restart_too()
    {
        await using var session = await FetcherSession.Start();
        await session.Poll();
        var start = session.Now;
        session.Clock.Now += TimeSpan.FromHours(3);
        await session.Poll();
        await session.StopProcess();
        session.Clock.Now = start + 12 * Second;
        await session.StartProcess();

        await AssertWatchesOn(session, start);
    }

    [Fact]
    public async Task A_lease_of_a_clock_that_was_ahead_holds_nobody_off()
    {
        await using var session = await FetcherSession.Start();
        await session.Poll();
        await using (var db = await session.Get<Database>().Begin(FetcherSession.Ct))
        {
            await db.Execute("update fetcher_sources set lease_owner = 'gone', lease_until = lease_until + 10800000", null, FetcherSession.Ct);
            await db.Commit(FetcherSession.Ct);
        }
        session.Clock.Now += Minute;

        Assert.True((await session.Poll()).Worked, "no lease lasts for three hours");
    }

    [Fact]
    public async Task A_slice_that_failed_a_minute_ago_is_not_given_up_by_a_clock_that_jumps_two_days()
    {
        await using var session = await FetcherSession.Start(null, ("Segware:Patience:BreakAfter", "1000"));
        session.Simulator.Faults.Add(Fault.WithStatus("/v1/events", 500));
        await session.Poll();
        session.Clock.Now += TimeSpan.FromDays(2);
        await session.Poll();

        Assert.DoesNotContain(await session.Slices(), slice => slice.State == SliceState.Abandoned);
    }

    [Theory, InlineData(-300), InlineData(-10800), InlineData(-7), InlineData(300), InlineData(10800)]
    public async Task Segware_is_asked_in_its_own_time(int ahead)
    {
        await using var session = await FetcherSession.Start(new SimulatorOptions { Segware = new SegwareSwitches { ClockAhead = ahead * Second } });
        var segware = session.Now + ahead * Second;
        session.AddEvents(200, segware - 100 * Second, 2 * Second);

        for (var minute = 0; minute < 6; minute++)
        {
            session.Clock.Now += Minute;
            var result = await session.Poll();
            Assert.InRange(result.Watermark!.Value, session.Now + (ahead - 3) * Second, session.Now + (ahead + 3) * Second);
        }

        await session.Received.Until(r => r.EventIds.Distinct().Count() >= 198, "an event each two seconds, all that Segware has shown");
        Assert.Equal(Math.Abs(ahead) > 60 ? HealthStatus.Unhealthy : HealthStatus.Healthy, await Health(session));
        await session.Received.Until(r => r.Coverage.LastOrDefault() is { SourceTime: { } there } last
            && (there - last.ReportedAt - ahead * Second).Duration() < 3 * Second,
            "the reports say what time it is for Segware");
    }

    [Fact]
    public async Task Segwares_clock_may_be_set_meanwhile()
    {
        await using var session = await FetcherSession.Start();
        session.AddEvents(600, session.Now, 2 * Second);
        foreach (var ahead in (int[])[0, -240, -240, 120, 120, 0, 0, 0])
        {
            session.Simulator.Options.Segware.ClockAhead = ahead * Second;
            session.Clock.Now += 2 * Minute;
            await session.Poll();
            session.Clock.Now += Second; // a restart of its own clock is noticed by the next call
            await session.Poll();
            Assert.All(await session.Slices(), slice => Assert.True(slice.To <= (session.Now + ahead * Second + 6 * Second).ToUnixTimeMilliseconds(),
                $"{ahead} s: a slice ends at {slice.To.ToTime():HH:mm:ss}, in Segware's future"));
        }

        await session.Received.Until(r => r.EventIds.Distinct().Count() >= 478, "all the events of sixteen minutes");
    }

    [Theory, InlineData(5), InlineData(25)]
    public async Task Events_that_appear_late_make_the_overlap_grow_and_none_is_lost(int minutesLate)
    {
        await using var session = await FetcherSession.Start();
        var start = session.Now;
        for (var i = 0; i < 300; i++)
            session.AddLate(start + i * 10 * Second, start + i * 10 * Second + TimeSpan.FromMinutes(minutesLate));

        for (var minute = 0; minute < 50 + 2 * minutesLate + 30; minute++)
        {
            session.Clock.Now += Minute;
            await session.Poll();
        }

        await session.Received.Until(r => r.EventIds.Distinct().Count() == 300, "every late event comes");
        Assert.InRange(session.Get<LateArrivals>().Overlap, TimeSpan.FromMinutes(minutesLate), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task What_was_learnt_of_late_events_outlives_the_process()
    {
        await using var session = await FetcherSession.Start();
        await session.Poll();
        session.Clock.Now += Minute;
        await session.Poll();
        session.AddLate(session.Now - 30 * Second, session.Now + 9 * Minute);
        for (var minute = 0; minute < 13; minute++)
        {
            session.Clock.Now += Minute;
            await session.Poll();
        }
        var overlap = session.Get<LateArrivals>().Overlap;
        Assert.True(overlap > TimeSpan.FromMinutes(10), $"the overlap is {overlap}");
        await session.StopProcess();

        await session.StartProcess();
        await session.Poll();

        Assert.InRange(session.Get<LateArrivals>().Overlap, TimeSpan.FromMinutes(10), overlap + Minute);
        session.Clock.Now += TimeSpan.FromHours(25);
        Assert.Equal(TimeSpan.FromMinutes(2), session.Get<LateArrivals>().Overlap);
    }

    [Fact]
    public async Task Events_later_than_can_be_looked_back_are_told_to_people()
    {
        await using var session = await FetcherSession.Start(null, ("Fetcher:LongestOverlap", "00:12:00"));
        await session.Poll();
        var start = session.Now;
        for (var i = 0; i < 120; i++)
            session.AddLate(start + i * 10 * Second, start + i * 10 * Second + TimeSpan.FromMinutes(11.5));

        for (var minute = 0; minute < 30; minute++)
        {
            session.Clock.Now += Minute;
            await session.Poll();
        }

        await session.Received.Until(r => r.Coverage.LastOrDefault() is { Reason: { } reason } last
            && reason.Contains("LongestOverlap", StringComparison.Ordinal)
            && session.Now - last.Watermark > 5 * Minute, "the time is not called watched, and why");
    }

    static async Task AssertWatchesOn(FetcherSession session, DateTimeOffset start)
    {
        session.Received.Clear();
        session.AddEvents(60, start + Second, Second);
        for (var minute = 0; minute < 3; minute++)
        {
            var result = await session.Poll();
            Assert.InRange(result.Watermark!.Value, session.Now - 3 * Second, session.Now);
            Assert.All(await session.Slices(),
                slice => Assert.True(slice.To <= session.Now.ToUnixTimeMilliseconds(), $"a slice ends at {slice.To.ToTime():O}"));
            session.Clock.Now += Minute;
        }
        await session.Received.Until(r => r.EventIds.Distinct().Count() == 60, "the events of the first minute after the jump");
    }

    static async Task<HealthStatus> Health(FetcherSession session) =>
        (await session.Get<HealthCheckService>().CheckHealthAsync(check => check.Name == "clock")).Status;
}
