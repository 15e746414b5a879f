using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Events;
using Sigma.Fetcher.Occurrences;
using Sigma.Fetcher.Publishing;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Fetcher.Polling;

/// <summary>One look at the source: what is new, what failed before, what may have arrived late.</summary>
internal sealed class Poll(SourceLease lease, SliceTable slices, SliceFetch fetch, ExcusedOccurrences excused, KnownFields fields,
    CoverageReporter reporter, FetcherTelemetry telemetry, SegwareClock clock, LateArrivals late, IOptions<FetcherOptions> options, ILogger<Poll> log)
{
    const int SlicesPerPoll = 500, ProgressEvery = 50;

    bool _askedAgainAtStart, _nothingAnswered = true;
    (long Since, TimeSpan For, string Reason)? _quiet; // what Segware asked for, by a clock that nobody sets
    DateTimeOffset _lastNow;

    /// <summary>Asks, publishes, marks. Never runs twice at a time on one source, whatever the number of fetchers.</summary>
    public async Task<PollResult> Run(CancellationToken ct)
    {
        await using var held = await lease.Take(ct);
        if (held is null)
            return new PollResult { Worked = false };

        using var span = FetcherTelemetry.Traces.StartActivity("poll");
        span?.SetTag("sigma.source", options.Value.Source);
        var started = Stopwatch.GetTimestamp();
        var progress = new PollProgress();
        var stop = new PollStop(failuresInARow: Math.Max(4, 2 * options.Value.ParallelCalls));
        await late.Read(held.Token);
        if (_quiet is { } quiet && Stopwatch.GetElapsedTime(quiet.Since) < quiet.For)
        {
            await Extend(held.Token);
            stop.Stop(quiet.Reason);
        }
        else
        {
            var occurrences = await ReadClock(held.Token);
            await Extend(held.Token);
            await Work(occurrences, progress, stop, held.Token);
        }

        _nothingAnswered = progress.Answered == 0 && (progress.Done > 0 || stop.Reason is not null);
        if (stop.RetryAfter is { } wait)
            _quiet = (Stopwatch.GetTimestamp(), wait, stop.Reason!);
        await fields.Save(held.Token);
        var result = progress.Result(stop.Reason, (await MoveWatermark(held.Token))?.ToTime());
        await reporter.Report(result.Watermark, result.Stopped, held.Token);
        telemetry.PollDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        Tell(result, progress, span);
        return result;
    }

    /// <summary>
    /// Asks for the excused occurrences, which every poll does, and waits only until the head of the answer tells what time it is for Segware.
    /// Returns what is still asked.
    /// </summary>
    async Task<Task> ReadClock(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Value.OccurrencesPatience);
        var asked = excused.Ask(ct);
        await Task.WhenAny(asked, clock.Known(patience.Token));
        await patience.CancelAsync();
        return asked;
    }

    /// <summary>Wants the time from the end of the last slice until now, by Segware's clock.</summary>
    async Task Extend(CancellationToken ct)
    {
        var now = clock.Now.ToUnixTimeMilliseconds();
        var end = await slices.End(ct);
        // At the start, and when time turns out to be earlier: what was said of the future is taken back.
        if ((clock.Now < _lastNow || !_askedAgainAtStart || end > now + SlicePlan.ClockTolerance.TotalMilliseconds)
            && await slices.TakeBack(ct) is > 0 and var taken)
        {
            log.LogWarning("A clock was ahead: {Count} slices of {Source} lie in the future, they are reset and fetched again",
                taken, options.Value.Source);
            end = await slices.End(ct);
        }
        _lastNow = clock.Now;
        if (!_askedAgainAtStart && options.Value.AskAgainAtStart > TimeSpan.Zero)
            await slices.WantAgain(now - (long)options.Value.AskAgainAtStart.TotalMilliseconds, ct);
        _askedAgainAtStart = true;

        end ??= now - (long)options.Value.FirstLookBack.TotalMilliseconds;
        if (now - end >= SlicePlan.Shortest.TotalMilliseconds)
            await slices.Add([.. SlicePlan.Cut(end.Value, now, options.Value.SliceLength)], ct);
    }

    async Task Work(Task asked, PollProgress progress, PollStop stop, CancellationToken ct)
    {
        var occurrencesKnown = Task.WhenAny(asked, Task.Delay(options.Value.OccurrencesPatience, ct));

        var failed = await slices.Failed(SlicesPerPoll, ct);
        var now = clock.Now.ToUnixTimeMilliseconds();
        List<Slice> due = [.. await slices.Wanted(SlicesPerPoll, ct), .. failed.Where(s => SlicePlan.IsDue(s, now))];
        await FetchAll(due, occurrencesKnown, progress, stop, ct);
        // The first answer after a start or an outage: there is no reason to let the others wait for their turn.
        if (_nothingAnswered && progress.Answered > 0)
            await FetchAll(failed.Where(s => !SlicePlan.IsDue(s, now)), occurrencesKnown, progress, stop, ct);

        await asked;
        if (stop.Reason is null)
            await Announce(stop, ct);
    }

    /// <summary>Halves are fetched in the next round, so that all of them are asked for in parallel.</summary>
    async Task FetchAll(IEnumerable<Slice> due, Task occurrencesKnown, PollProgress progress, PollStop stop, CancellationToken ct)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ParallelCalls, CancellationToken = ct };
        for (IReadOnlyList<Slice> round = [.. due]; round.Count > 0 && stop.Reason is null;)
        {
            ConcurrentBag<Slice> halves = [];
            var count = round.Count;
            var done = 0;
            await Parallel.ForEachAsync(round, parallel, async (slice, token) =>
            {
                if (stop.Reason is not null)
                    return;
                foreach (var half in await fetch.Run(slice, occurrencesKnown, progress, stop, token))
                    halves.Add(half);
                if (Interlocked.Increment(ref done) is var sofar && sofar % ProgressEvery == 0 && sofar < count)
                    log.LogInformation("Catching up with {Source}: {Done} of {Count} slices, now at {From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z",
                        options.Value.Source, sofar, count, slice.From.ToTime(), slice.To.ToTime());
            });
            round = [.. halves.OrderBy(h => h.From)];
        }
    }

    async Task Announce(PollStop stop, CancellationToken ct)
    {
        try
        {
            await excused.Announce(ct);
        }
        catch (BrokerUnavailableException e)
        {
            stop.ConcernsSlice(e);
        }
    }

    async Task<long?> MoveWatermark(CancellationToken ct)
    {
        var watermark = await slices.MoveWatermark(ct);
        if (watermark is { } reached)
            telemetry.WatermarkIs(reached);
        return watermark;
    }

    void Tell(PollResult result, PollProgress progress, Activity? span)
    {
        if (span is { IsAllDataRequested: true })
            span.SetTag("sigma.slices.published", result.Published).SetTag("sigma.slices.unchanged", result.Unchanged)
                .SetTag("sigma.slices.failed", result.Failed)
                .SetTag("sigma.events", result.Events).SetTag("sigma.watermark", $"{result.Watermark:O}");
        if (result.Stopped is not null)
            span?.SetStatus(ActivityStatusCode.Error, result.Stopped);
        var source = options.Value.Source;
        if (progress.Odd > 0)
            log.LogWarning("{Count} records of {Source} cannot be used and are put aside (sigma status, sigma explain), for example {Example}",
                progress.Odd, source, progress.OddExample);
        if (result.Stopped is not null)
            log.LogWarning("The poll of {Source} ends early, its slices stay on the list: {Reason}", source, result.Stopped);
        var lag = (clock.Now - result.Watermark)?.TotalSeconds;
        if (result.Published + result.Failed > 0)
            log.LogInformation(
                "Polled {Source}: {Events} events; slices: {Published} new or changed, {Unchanged} unchanged, {Failed} failed; watched without a gap "
                    + "until {Watermark:yyyy-MM-dd HH:mm:ss}Z, {Lag:0.#} s ago",
                source, result.Events, result.Published, result.Unchanged, result.Failed, result.Watermark?.UtcDateTime, lag);
    }
}
