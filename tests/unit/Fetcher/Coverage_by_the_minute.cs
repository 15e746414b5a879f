using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Queries;
using Sigma.Storage;
using static Sigma.Fetcher.Queries.MinuteState;

namespace Sigma.UnitTests.Fetcher;

public sealed class Coverage_by_the_minute
{
    const long Minute = CoverageStrip.Minute, Start = 1_800_000_000_000 / Minute * Minute;
    static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    [Fact]
    public void Slices_published_in_time_are_covered_and_the_time_since_the_last_one_is_pending()
    {
        var strip = Strip(now: 10, polled: 9, Published(0, 4, at: 4.1), Published(4, 9, at: 9.1));

        Assert.Equal([.. Enumerable.Repeat(Covered, 9), Pending], strip.Select(m => m.State));
        Assert.Null(strip[9].Reason);
    }

    [Fact]
    public void A_minute_is_late_by_its_own_age_when_it_was_published()
    {
        var strip = Strip(now: 15, polled: 15, Published(0, 15, at: 15) with { DelayedBy = "500 Internal Server Error" });

        Assert.Equal([.. Enumerable.Repeat(MinuteState.Late, 9), .. Enumerable.Repeat(Covered, 6)], strip.Select(m => m.State));
        Assert.Equal(("500 Internal Server Error", Start + 15 * Minute), (strip[0].Reason, strip[0].CoveredAt));
    }

    [Fact]
    public void A_slice_published_again_because_it_changed_is_as_early_as_it_was_at_first()
    {
        var asRead = Published(0, 2, at: 2) with { AskedAt = Start + 60 * Minute };

        Assert.All(Strip(now: 2, polled: 2, asRead), look => Assert.Equal(Covered, look.State));
    }

    [Fact]
    public void A_failed_slice_is_missing_once_it_is_old_and_says_why_how_often_and_when_again()
    {
        var failed = Slice(0, 10) with { State = SliceState.Failed, Reason = "Segware answers 500", Attempts = 3, AskedAt = Start + 9 * Minute };
        var strip = Strip(now: 10, polled: 10, failed);

        Assert.Equal([.. Enumerable.Repeat(Missing, 4), .. Enumerable.Repeat(Pending, 6)], strip.Select(m => m.State));
        Assert.All(strip, look => Assert.Equal(("Segware answers 500", 3, Start + 11 * Minute), (look.Reason, look.Attempts, look.NextTry)));
    }

    [Fact]
    public void What_is_given_up_stays_missing()
    {
        var strip = Strip(now: 1, polled: 1, Slice(0, 1) with { State = SliceState.Abandoned, Reason = "Segware answers 500", Attempts = 290 });

        Assert.Equal(new MinuteLook(Missing, "given up: Segware answers 500", 290), Assert.Single(strip));
    }

    [Fact]
    public void A_poll_that_ended_early_is_the_reason_for_what_it_did_not_ask_for()
    {
        var known = Known(now: 8, polled: 8, Slice(0, 8)) with { Stopped = "Segware refuses the token" };

        Assert.All(CoverageStrip.Of(known, Late), look => Assert.Equal("Segware refuses the token", look.Reason));
    }

    [Fact]
    public void Without_a_poll_the_time_since_the_last_one_is_missing_and_says_so()
    {
        var strip = Strip(now: 20, polled: 2, Published(0, 2, at: 2));

        Assert.Equal(Covered, strip[1].State);
        Assert.Equal(Missing, strip[2].State);
        Assert.Contains($"no poll has ended since {(Start + 2 * Minute).ToTime():yyyy-MM-dd HH:mm:ss}Z", strip[2].Reason);
        Assert.Equal(Pending, strip[15].State);
    }

    [Fact]
    public void The_worst_part_of_a_minute_counts_for_all_of_it()
    {
        var strip = Strip(now: 20, polled: 20, Published(0, 0.5, at: 1),
            Slice(0.5, 0.6) with { State = SliceState.Failed, Reason = "cut", Attempts = 1, AskedAt = Start }, Published(0.6, 20, at: 20));

        Assert.Equal((Missing, "cut"), (strip[0].State, strip[0].Reason));
        Assert.Equal(MinuteState.Late, strip[1].State);
    }

    [Fact]
    public void Time_before_the_first_slice_is_unknown_and_so_is_all_of_it_before_the_first_poll()
    {
        Assert.Equal([Unknown, Unknown, Covered], Strip(now: 3, polled: 3, Published(2, 3, at: 3)).Select(m => m.State));
        Assert.All(Strip(now: 3, polled: null), look => Assert.Equal(Unknown, look.State));
    }

    [Fact]
    public void Ranges_join_equal_neighbours_and_every_minute_is_in_one()
    {
        var failed = Slice(2, 4) with { State = SliceState.Failed, Reason = "500", Attempts = 2, AskedAt = Start + 9 * Minute };
        var strip = Strip(now: 10, polled: 10, Published(0, 2, at: 2),
            failed, failed with { From = Start + 4 * Minute, To = Start + 5 * Minute, Attempts = 1 }, Published(5, 10, at: 10));
        var ranges = CoverageStrip.Ranges(strip, Start);

        Assert.Equal([(Covered, 2), (Missing, 2), (Pending, 1), (Covered, 5)], ranges.Select(r => (r.Look.State, r.Minutes)));
        Assert.Equal((Start + 2 * Minute, Start + 4 * Minute, 2), (ranges[1].From, ranges[1].To, ranges[1].Look.Attempts));
        Assert.Equal(10, CoverageStrip.Count(strip).Values.Sum());
        Assert.Equal(2, CoverageStrip.Count(strip)["missing"]);
    }

    [Fact]
    public void The_page_shows_a_cell_for_every_minute_and_writes_no_reason_as_markup()
    {
        var known = Known(now: 130, polled: 130,
            Slice(0, 130) with { State = SliceState.Failed, Reason = "<script>alert(1)</script>", Attempts = 1, AskedAt = Start });
        var page = CoveragePage.Of("segware", known, CoverageStrip.Of(known, Late));

        Assert.DoesNotContain("<script>alert", page);
        Assert.Equal(130, page.Split("title=\"").Length - 1);
        Assert.Equal(page.Split("<i class=\"none\">").Length - 1 + 130, page.Split("<div class=\"hour\">").Skip(1).Count() * 60);
    }

    static IReadOnlyList<MinuteLook> Strip(double now, double? polled, params Slice[] slices) => CoverageStrip.Of(Known(now, polled, slices), Late);

    static KnownCoverage Known(double now, double? polled, params Slice[] slices) =>
        new(At(now), Start, At(0), polled is { } p ? At(p) : null, null, slices);

    static Slice Slice(double from, double to) => new(At(from), At(to));

    static Slice Published(double from, double to, double at) => Slice(from, to) with { State = SliceState.Published, CoveredAt = At(at) };

    static long At(double minutes) => Start + (long)(minutes * Minute);
}
