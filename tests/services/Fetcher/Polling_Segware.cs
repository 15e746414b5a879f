using Sigma.Fetcher.Coverage;
using Sigma.Simulator;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Segware;
using Sigma.Storage;

namespace Sigma.ServiceTests.Fetcher;

public sealed class Polling_Segware
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_first_poll_brings_the_last_two_hours_and_leaves_no_gap()
    {
        await using var session = await FetcherSession.Start();
        session.AddEvents(240, session.Now - TimeSpan.FromHours(3), Minute);

        var result = await session.Poll();

        Assert.Equal((8, session.Now), (result.Published, result.Watermark));
        await session.Received.Until(r => r.Batches.Count == 8, "two hours are eight slices");
        var batches = session.Received.Batches.OrderBy(b => b.SliceFrom).ToList();
        Assert.Equal(session.Now - TimeSpan.FromHours(2), batches[0].SliceFrom);
        Assert.All(batches.Zip(batches.Skip(1)), pair => Assert.Equal(pair.First.SliceTo, pair.Second.SliceFrom));
        Assert.Equal(121, session.Received.EventIds.Distinct().Count());
    }

    [Fact]
    public async Task A_later_poll_asks_for_what_is_new_and_publishes_again_only_what_has_changed()
    {
        await using var session = await FetcherSession.Start();
        await session.Poll();
        session.Clock.Now += Minute;
        session.AddEvents(5, session.Now - 30 * Second, Second);

        var second = await session.Poll();
        Assert.Equal((1, 1, 5), (second.Published, second.Unchanged, second.Events));

        session.AddLate(session.Now - 10 * Second, availableAt: session.Now + 50 * Second);
        session.Clock.Now += Minute;
        var third = await session.Poll();

        Assert.Equal((2, 1), (third.Published, third.Unchanged));
        await session.Received.Until(r => r.EventIds.Distinct().Count() == 6, "five events and a late one were there");
    }

    [Fact]
    public async Task A_slice_is_left_alone_once_it_was_asked_for_long_enough_after_its_end()
    {
        await using var session = await FetcherSession.Start();
        await session.Poll();
        session.Clock.Now += 3 * Minute;
        await session.Poll();
        session.Simulator.Received.Clear();
        session.Clock.Now += 3 * Minute;

        await session.Poll();

        Assert.Equal(2, session.Simulator.Received.Calls.Count(c => c.Route == "/v1/events"));
    }

    [Fact]
    public async Task Polling_every_second_does_not_ask_for_the_same_slices_every_second()
    {
        await using var session = await FetcherSession.Start(null, ("Fetcher:PollInterval", "00:00:01"));
        for (var second = 0; second < 60; second++)
        {
            await session.Poll();
            session.Clock.Now += Second;
        }

        // 8 + 59 new ones, each again every 15 s
        Assert.InRange(session.Simulator.Received.Calls.Count(c => c.Route == "/v1/events"), 68, 200);
    }

    [Fact]
    public async Task After_a_days_stop_it_goes_on_where_it_ended()
    {
        await using var session = await FetcherSession.Start();
        await session.Poll();
        await session.StopProcess();
        session.AddEvents(1440, session.Now + Second, Minute);
        session.Clock.Now += TimeSpan.FromDays(1);
        await session.StartProcess();

        var result = await session.Poll();

        Assert.Equal((session.Now, 0), (result.Watermark, result.Failed));
        await session.Received.Until(r => r.EventIds.Distinct().Count() == 1440, "a day's events, one a minute");
    }

    [Theory]
    [InlineData(100, 1_000_000)]
    [InlineData(1_000_000, 100)]
    public async Task Too_many_events_for_an_answer_are_asked_for_in_halves_and_none_is_lost(int simulatorsLimit, int ourLimit)
    {
        await using var session =
            await FetcherSession.Start(new SimulatorOptions { EventLimit = simulatorsLimit }, ("Segware:EventLimit", $"{ourLimit}"));
        session.AddEvents(5000, session.Now - 10 * Minute, TimeSpan.FromMilliseconds(100));

        var result = await session.Poll();

        Assert.Equal((0, session.Now), (result.Failed, result.Watermark));
        Assert.True(result.Halved > 40, $"{result.Halved} slices were halved");
        await session.Received.Until(r => r.EventIds.Distinct().Count() == 5000, "all five thousand come in slices of less than a hundred");
        Assert.All(await session.Slices(), slice => Assert.Equal(SliceState.Published, slice.State));
    }

    [Fact]
    public async Task A_second_that_holds_too_much_fails_with_its_reason_and_the_others_go_on()
    {
        await using var session = await FetcherSession.Start(new SimulatorOptions { EventLimit = 100 });
        session.AddEvents(300, session.Now - 10 * Minute, TimeSpan.FromMilliseconds(1));
        session.AddEvents(50, session.Now - 5 * Minute, Second);

        var result = await session.Poll();

        var failed = (await session.Slices()).Where(s => s.State == SliceState.Failed).ToList();
        Assert.Equal(failed.Count, result.Failed);
        Assert.InRange(failed.Count, 1, 2);
        Assert.All(failed, slice => Assert.Contains("more events than an answer may have", slice.Reason));
        Assert.Equal(failed[0].From.ToTime(), result.Watermark);
        await session.Received.Until(r => r.EventIds.Count >= 50, "the fifty events that fit");
    }

    [Fact]
    public async Task An_hour_without_Segware_is_caught_up_by_the_first_poll_that_is_answered()
    {
        // The circuit breaker counts real seconds, the hour is simulated.
        await using var session = await FetcherSession.Start(null, ("Segware:Patience:BreakAfter", "1000"));
        await session.Poll();
        var end = session.Now;
        session.Simulator.Faults.Add(Fault.WithStatus("/v*", 503) with { For = TimeSpan.FromHours(1) });
        for (var minute = 0; minute < 60; minute++)
        {
            session.Clock.Now += Minute;
            session.AddEvents(2, session.Now - 30 * Second, Second);
            var result = await session.Poll();
            if (minute < 59)
                Assert.True(result.Watermark == end, $"in minute {minute} nothing is known yet, but the watermark says {result.Watermark:O}");
        }

        session.Clock.Now += Minute;
        var recovered = await session.Poll();

        Assert.Equal((session.Now, 0), (recovered.Watermark, recovered.Failed));
        await session.Received.Until(r => r.EventIds.Distinct().Count() == 120, "two events in each of sixty minutes");
    }

    public static TheoryData<Fault> Failures =>
        [Fault.WithStatus("/v1/events", 500), Fault.CutShort("/v1/events", 100), Fault.NotJson("/v1/events"), Fault.Hanging("/v1/events")];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task One_failure_leaves_its_slice_on_the_list_and_the_others_go_on(Fault fault)
    {
        await using var session = await FetcherSession.Start(null, ("Segware:Patience:Timeout", "00:00:02"));
        session.AddEvents(120, session.Now - TimeSpan.FromHours(2), Minute);
        session.Simulator.Faults.Add(fault with { Count = 1 });

        var first = await session.Poll();
        Assert.Equal((7, 1), (first.Published, first.Failed));
        Assert.True(first.Watermark < session.Now);
        Assert.NotNull((await session.Slices()).Single(s => s.State == SliceState.Failed).Reason);

        session.Clock.Now += Minute;
        Assert.Equal(session.Now, (await session.Poll()).Watermark);
        await session.Received.Until(r => r.EventIds.Distinct().Count() == 120, "every minute of two hours");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refused_token_costs_no_slice_a_try(int status)
    {
        await using var session = await FetcherSession.Start();
        session.Simulator.Faults.Add(Fault.WithStatus("/v1/events", status) with { Count = 4 });

        var refused = await session.Poll();

        Assert.Equal((0, 0), (refused.Published, refused.Failed));
        Assert.Contains("refuses the token", refused.Stopped);
        Assert.All(await session.Slices(), slice => Assert.Equal(SliceState.Wanted, slice.State));
        session.Simulator.Faults.Clear();
        Assert.Equal(8, (await session.Poll()).Published);
    }

    [Fact]
    public async Task A_wait_that_Segware_asks_for_is_bounded_and_told_while_it_lasts()
    {
        await using var session =
            await FetcherSession.Start(null, ("Segware:Patience:RetryAfterLimit", "00:00:02"), ("Segware:Patience:LongestRetryAfter", "00:00:01"));
        session.Simulator.Faults.Add(Fault.TooMany("/v1/events", TimeSpan.FromDays(30)) with { Count = 4 });
        await session.Poll();
        session.Simulator.Faults.Clear();
        var asked = session.Simulator.Received.Calls.Count(c => c.Route == "/v1/events");

        session.Clock.Now += TimeSpan.FromHours(1); // whatever becomes of the clock
        var waiting = await session.Poll();

        Assert.Equal(("Segware asks to wait 2 s", asked), (waiting.Stopped, session.Simulator.Received.Calls.Count(c => c.Route == "/v1/events")));
        await Await.Until(async () => (await session.Poll()).Watermark, watermark => watermark == session.Now, "the wait is over");
    }

    [Fact]
    public async Task A_slice_tried_in_vain_for_too_long_is_abandoned_and_the_watermark_passes_it()
    {
        await using var session = await FetcherSession.Start(null, ("Fetcher:RetryFailedFor", "00:10:00"), ("Fetcher:FirstLookBack", "00:01:00"));
        session.Simulator.Faults.Add(Fault.NotJson("/v1/events"));
        await session.Poll();
        session.Clock.Now += 11 * Minute;
        await session.Poll();

        Assert.Equal(SliceState.Abandoned, (await session.Slices())[0].State);
        session.Simulator.Faults.Clear();
        session.Clock.Now += Minute;
        Assert.Equal(session.Now, (await session.Poll()).Watermark);
    }

    [Fact]
    public async Task Two_fetchers_take_turns_only_when_one_stops()
    {
        await using var session = await FetcherSession.Start();
        await session.Poll(0);
        await session.StartProcess();

        Assert.False((await session.Poll(1)).Worked, "the first one has the lease");
        Assert.True((await session.Poll(0)).Worked);
        await session.Get<SourceLease>(0).Release(FetcherSession.Ct);
        Assert.True((await session.Poll(1)).Worked, "the lease was given back");
        Assert.False((await session.Poll(0)).Worked, "the second one has it now");
    }

    [Fact]
    public async Task A_process_that_is_told_to_publishes_again_what_its_transport_forgot()
    {
        await using var session = await FetcherSession.Start();
        session.AddEvents(120, session.Now - TimeSpan.FromHours(2), Minute);
        await session.Poll();
        await session.Received.Until(r => r.Batches.Count == 8, "the first process published eight slices");
        var published = session.Received.Batches.Select(b => b.BatchId).ToHashSet();
        session.Received.Clear();
        await session.StopProcess();

        await session.StartProcess(("Fetcher:AskAgainAtStart", "02:00:00"));
        await session.Poll();

        await session.Received.Until(r => r.Batches.Count == 8, "the second publishes them once more");
        Assert.Equal(published, session.Received.Batches.Select(b => b.BatchId).ToHashSet());
        Assert.Equal(0, (await session.Poll()).Published);
    }

    [Fact]
    public async Task Events_keep_their_ids_when_they_carry_neither_id_nor_time()
    {
        var simulator = new SimulatorOptions { Segware = new SegwareSwitches { EventId = false, TimeField = "" } };
        await using var session = await FetcherSession.Start(simulator);
        session.AddEvents(30, session.Now - 30 * Second, Second);
        await session.Poll();
        await session.Received.Until(r => r.EventIds.Count == 30, "thirty events");

        session.Clock.Now += Minute;
        session.AddLate(session.Now - 80 * Second, availableAt: session.Now);
        await session.Poll();

        await session.Received.Until(r => r.EventIds.Distinct().Count() == 31, "the late one is new, the others are known");
        Assert.Equal(61, session.Received.EventIds.Count);
    }

    [Fact]
    public async Task Old_slices_are_forgotten_and_the_place_to_go_on_is_not()
    {
        await using var session = await FetcherSession.Start();
        await session.Poll();
        session.Clock.Now += TimeSpan.FromDays(40);
        await session.Get<SlicePurge>().Run(FetcherSession.Ct);
        Assert.Equal(8, (await session.Slices()).Count);

        while ((await session.Poll()).Watermark < session.Now)
        {
            // a poll takes a bounded number of slices
        }
        await session.Get<SlicePurge>().Run(FetcherSession.Ct);

        var oldest = (await session.Slices())[0];
        Assert.InRange(oldest.From.ToTime(), session.Now - TimeSpan.FromDays(30), session.Now - TimeSpan.FromDays(29));
    }
}
