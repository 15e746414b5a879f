using System.Diagnostics;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Events;
using Sigma.Fetcher.Occurrences;
using Sigma.Fetcher.Publishing;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Fetcher.Polling;

/// <summary>Takes one slice from asked to published, halved or failed.</summary>
internal sealed class SliceFetch(SegwareEvents source, ExcusedOccurrences excused, Publisher publisher, SliceTable slices, FetcherTelemetry telemetry,
    SegwareClock clock, LateArrivals late, IOptions<FetcherOptions> options, ILogger<SliceFetch> log)
{
    const int PartsAtOnce = 8;

    int _unusableTimeSeen;

    string Source => options.Value.Source;

    /// <summary>Returns what is left to ask: the halves of a slice that holds too much, else nothing.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="occurrencesKnown">Ends when excused occurrences are known, or patience has.</param>
    /// <param name="progress">Counts.</param>
    /// <param name="brake">Is told of failures.</param>
    /// <param name="ct">Ends the poll.</param>
    public async Task<IReadOnlyList<Slice>> Run(Slice slice, Task occurrencesKnown, PollProgress progress, PollBrake brake, CancellationToken ct)
    {
        using var span = FetcherTelemetry.Traces.StartActivity("slice");
        if (span is { IsAllDataRequested: true })
            span.SetTag("sigma.source", Source).SetTag("sigma.slice.from", $"{slice.From.ToTime():O}").SetTag("sigma.slice.to", $"{slice.To.ToTime():O}");
        var askedAt = clock.Now.ToUnixTimeMilliseconds();
        SliceAnswer answer;
        try
        {
            answer = await source.In(slice, ct);
            brake.Answered();
        }
        catch (OverLimitException e)
        {
            brake.Answered();
            return await Halve(slice, e, askedAt, progress, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            if (brake.ConcernsSlice(e))
                await Fail(slice, e.Message, askedAt, progress, ct);
            return [];
        }

        // An answer covers no time beyond the answering clock's own: the slice is cut at the next poll, by what that clock shows now.
        if (clock.Latest is { } latest && slice.To > (latest + SlicePlan.ClockTolerance).ToUnixTimeMilliseconds())
        {
            brake.Stop($"Segware's clock shows {latest:yyyy-MM-dd HH:mm:ss}Z, earlier than what it was asked for");
            return [];
        }
        span?.SetTag("sigma.events", answer.Events.Count);
        Note(answer, progress);
        await occurrencesKnown;
        try
        {
            var published = await PublishWhatChanged(slice, answer, askedAt, progress, ct);
            span?.SetTag("sigma.published", published);
        }
        catch (BrokerAwayException e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            brake.ConcernsSlice(e); // the slice is as it was and comes again
        }
        return [];
    }

    async Task<bool> PublishWhatChanged(Slice slice, SliceAnswer answer, long askedAt, PollProgress progress, CancellationToken ct)
    {
        var known = excused.Known;
        var fingerprint = SliceParts.Fingerprint(answer.Events, known);
        if (fingerprint == slice.Fingerprint && slice.State == SliceState.Published)
        {
            await slices.Unchanged(slice, askedAt, ct);
            progress.Unchanged();
            return false;
        }
        // Published first, marked after: a crash in between publishes the same ids once more.
        await Parallel.ForEachAsync(SliceParts.Cut(Source, slice, answer.Events, known),
            new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = ct },
            async (EventBatch part, CancellationToken token) => await publisher.Publish(part, part.BatchId, token));
        await slices.Published(slice, answer.Events.Count, fingerprint, askedAt, ct);
        if (slice.State == SliceState.Published && answer.Events.Count > slice.Events)
            late.Grew(slice, askedAt);
        progress.Published();
        telemetry.SlicesPublished.Add(1);
        log.LogDebug("Published {From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z of {Source}: {Events} events", slice.From.ToTime(), slice.To.ToTime(), Source, answer.Events.Count);
        return true;
    }

    async Task<IReadOnlyList<Slice>> Halve(Slice slice, OverLimitException reason, long askedAt, PollProgress progress, CancellationToken ct)
    {
        var halves = SlicePlan.Halve(slice);
        if (halves.Count == 0)
        {
            await Fail(slice, $"more events than an answer may have within {slice.Length.TotalSeconds:0.###} s, which is not cut further: {reason.Message}", askedAt, progress, ct);
            return [];
        }
        await slices.Replace(slice, halves, ct);
        log.LogInformation("{From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z of {Source} holds more events than an answer may have, it is halved", slice.From.ToTime(), slice.To.ToTime(), Source);
        progress.Halved();
        return halves;
    }

    async Task Fail(Slice slice, string reason, long askedAt, PollProgress progress, CancellationToken ct)
    {
        progress.Failed();
        telemetry.SlicesFailed.Add(1);
        if (slice.State == SliceState.Published)
        {
            log.LogWarning("{From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z of {Source} could not be asked for again, what was published of it stands: {Reason}",
                slice.From.ToTime(), slice.To.ToTime(), Source, reason);
            return;
        }
        var inVain = askedAt - (slice.FailedSince ?? askedAt);
        var abandoned = SlicePlan.IsAbandoned(slice, askedAt, options.Value.RetryFailedFor);
        await slices.Failed(slice, abandoned ? SliceState.Abandoned : SliceState.Failed, reason, askedAt, ct);
        if (abandoned)
            log.LogError("{From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z of {Source} is abandoned after {Attempt} tries in {Hours:0.#} h, its events are not watched: {Reason}",
                slice.From.ToTime(), slice.To.ToTime(), Source, slice.Attempts + 1, TimeSpan.FromMilliseconds(inVain).TotalHours, reason);
        else
            log.LogWarning("{From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z of {Source} failed on try {Attempt}, it stays on the list: {Reason}",
                slice.From.ToTime(), slice.To.ToTime(), Source, slice.Attempts + 1, reason);
    }

    void Note(SliceAnswer answer, PollProgress progress)
    {
        progress.Read(answer);
        telemetry.EventsFetched.Add(answer.Events.Count);
        if (answer.UnusableTime is { } text && Interlocked.Exchange(ref _unusableTimeSeen, 1) == 0)
            log.LogWarning("The time of an event of {Source} cannot be placed ({Time}); such events get the time of their slice. This is said once", Source, text);
    }
}
