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
internal sealed class SliceFetch(SegwareEvents source, MalformedRecordTable odd, KnownFields fields, ReplacedTimes replacedTimes,
    ExcusedOccurrences excused,
    Publisher publisher, SliceTable slices, FetcherTelemetry telemetry, SegwareClock clock, LateArrivals late, IOptions<FetcherOptions> options,
    ILogger<SliceFetch> log)
{
    const int PartsAtOnce = 8;

    int _unusableTimeSeen;

    string Source => options.Value.Source;

    /// <summary>Returns what is left to ask: the halves of a slice that holds too much, else nothing.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="occurrencesKnown">Ends when excused occurrences are known, or patience has.</param>
    /// <param name="progress">Counts.</param>
    /// <param name="stop">Counts failures and ends the poll.</param>
    /// <param name="ct">Ends the poll.</param>
    public async Task<IReadOnlyList<Slice>> Run(Slice slice, Task occurrencesKnown, PollProgress progress, PollStop stop, CancellationToken ct)
    {
        using var span = FetcherTelemetry.Traces.StartActivity("slice");
        if (span is { IsAllDataRequested: true })
            span.SetTag("sigma.source", Source).SetTag("sigma.slice.from", $"{slice.From.ToTime():O}")
                .SetTag("sigma.slice.to", $"{slice.To.ToTime():O}");
        var askedAt = clock.Now.ToUnixTimeMilliseconds();
        SliceAnswer answer;
        try
        {
            answer = await source.In(slice, ct);
            stop.Answered();
        }
        catch (OverLimitException e)
        {
            stop.Answered();
            return await Halve(slice, e, askedAt, progress, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            if (stop.ConcernsSlice(e))
                await Fail(slice, e.Message, askedAt, progress, ct);
            return [];
        }

        // An answer covers no time beyond the answering clock's own: the slice is cut at the next poll, by what that clock shows now.
        if (clock.Latest is { } latest && slice.To > (latest + SlicePlan.ClockTolerance).ToUnixTimeMilliseconds())
        {
            stop.Stop($"Segware's clock shows {latest:yyyy-MM-dd HH:mm:ss}Z, earlier than what it was asked for");
            return [];
        }
        span?.SetTag("sigma.events", answer.Events.Count);
        Note(slice, answer, progress);
        await odd.Keep(slice, answer.OddRecords, ct);
        var notCovered = await fields.Judge(slice, answer, ct);
        await occurrencesKnown;
        try
        {
            var published = notCovered is null ? await PublishWhatChanged(slice, answer, askedAt, progress, ct)
                : await PublishWithoutCovering(slice, answer, notCovered, askedAt, progress, ct);
            span?.SetTag("sigma.published", published);
        }
        catch (BrokerUnavailableException e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            stop.ConcernsSlice(e); // the slice is as it was and comes again
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
        await Publish(SliceParts.Cut(Source, slice, answer.Events, known), ct);
        await slices.Published(slice, answer.Events.Count, fingerprint, askedAt, ct);
        if (slice.State == SliceState.Published && answer.Events.Count > slice.Events)
            late.Grew(slice, askedAt);
        progress.Published();
        telemetry.SlicesPublished.Add(1);
        log.LogDebug("Published {From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z of {Source}: {Events} events", slice.From.ToTime(), slice.To.ToTime(),
            Source, answer.Events.Count);
        return true;
    }

    /// <summary>
    /// What could be read counts at once; the slice stays on the list. What was published before stands as it is: without the field that is missing,
    /// its events may be named otherwise and would count twice.
    /// </summary>
    async Task<bool> PublishWithoutCovering(Slice slice, SliceAnswer answer, string reason, long askedAt, PollProgress progress, CancellationToken ct)
    {
        var known = excused.Known;
        var fingerprint = SliceParts.Fingerprint(answer.Events, known);
        var isNew = slice.State != SliceState.Published && answer.Events.Count > 0 && fingerprint != slice.Fingerprint;
        if (isNew)
            await Publish(SliceParts.CutWithoutCovering(Source, slice, answer.Events, known), ct);
        await Fail(slice, reason, askedAt, progress, ct, fingerprint);
        return isNew;
    }

    Task Publish(IEnumerable<EventBatch> parts, CancellationToken ct) => Parallel.ForEachAsync(parts,
        new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = ct },
        async (part, token) => await publisher.Publish(part, part.BatchId, token));

    async Task<IReadOnlyList<Slice>> Halve(Slice slice, OverLimitException reason, long askedAt, PollProgress progress, CancellationToken ct)
    {
        var halves = SlicePlan.Halve(slice);
        if (halves.Count == 0)
        {
            await Fail(slice,
                $"more events than an answer may have within {slice.Length.TotalSeconds:0.###} s, which is not cut further: {reason.Message}",
                askedAt, progress, ct);
            return [];
        }
        await slices.Replace(slice, halves, ct);
        log.LogInformation("{From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z of {Source} holds more events than an answer may have, it is halved",
            slice.From.ToTime(), slice.To.ToTime(), Source);
        progress.Halved();
        return halves;
    }

    async Task Fail(Slice slice, string reason, long askedAt, PollProgress progress, CancellationToken ct, Guid? fingerprint = null)
    {
        progress.Failed();
        telemetry.SlicesFailed.Add(1);
        if (slice.State == SliceState.Published)
        {
            log.LogWarning(
                "{From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z of {Source} could not be asked for again, what was published of it stands: {Reason}",
                slice.From.ToTime(), slice.To.ToTime(), Source, reason);
            return;
        }
        var inVain = askedAt - (slice.FailedSince ?? askedAt);
        var abandoned = SlicePlan.IsAbandoned(slice, askedAt, options.Value.RetryFailedFor);
        await slices.Failed(slice, abandoned ? SliceState.Abandoned : SliceState.Failed, reason, askedAt, fingerprint, ct);
        if (abandoned)
            log.LogError(
                "{From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z of {Source} is abandoned after {Attempt} tries in {Hours:0.#} h, its events are not "
                    + "watched: {Reason}",
                slice.From.ToTime(), slice.To.ToTime(), Source, slice.Attempts + 1, TimeSpan.FromMilliseconds(inVain).TotalHours, reason);
        else
            log.LogWarning("{From:yyyy-MM-dd HH:mm:ss}Z to {To:HH:mm:ss}Z of {Source} failed on try {Attempt}, it stays on the list: {Reason}",
                slice.From.ToTime(), slice.To.ToTime(), Source, slice.Attempts + 1, reason);
    }

    void Note(Slice slice, SliceAnswer answer, PollProgress progress)
    {
        progress.Read(answer);
        telemetry.EventsFetched.Add(answer.Events.Count);
        telemetry.TimesReplaced.Add(answer.TimesReplaced);
        foreach (var kind in answer.OddRecords.CountBy(record => record.Kind))
            telemetry.RecordsOdd.Add(kind.Value, new KeyValuePair<string, object?>("reason", kind.Key));
        replacedTimes.Tell(answer.ReportedTimes, slice);
        if (answer.UnusableTime is { } text && Interlocked.Exchange(ref _unusableTimeSeen, 1) == 0)
            log.LogWarning("The time of an event of {Source} cannot be placed ({Time}); such events get the time of their slice. This is said once",
                Source, text);
    }
}
