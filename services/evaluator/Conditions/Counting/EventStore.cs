using System.Globalization;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>
/// Stores a batch once, however often it comes: events, their places in the windows, what is excused, and that this part is done, in one transaction.
/// </summary>
internal sealed class EventStore(Database database, RuleBook book, TimeProvider time)
{
    // The driver keeps a buffer of its longest statement with every pooled connection.
    const int RowsPerStatement = 250, LongestReported = 64;

    /// <summary>Returns how many of the events were new, and all of them sorted by the rules as they are.</summary>
    public async Task<(int New, BatchKeys Keys)> Store(EventBatch batch, IReadOnlyList<MalformedEvent> odd, CancellationToken ct)
    {
        using var activity = EvaluatorTelemetry.Source.StartActivity("store");
        BatchKeys keys = new(batch, book.Now); // before the transaction, which should be short
        await using var session = await database.Begin(ct);
        if (await book.Current(session, ct) is var rules && rules != keys.Rules)
            keys = new BatchKeys(batch, rules);
        var stored = await Write(session, batch, keys, ct);
        await MalformedEventTable.Keep(session, batch, odd, time.Milliseconds(), ct);
        await session.Commit(ct);
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("sigma.source", batch.Source).SetTag("sigma.slice.from", $"{batch.SliceFrom:O}")
                .SetTag("sigma.slice.to", $"{batch.SliceTo:O}")
                .SetTag("sigma.part", batch.Part).SetTag("sigma.parts", batch.Parts).SetTag("sigma.events", batch.Events.Count)
                .SetTag("sigma.events.new", stored);
        return (stored, keys);
    }

    /// <summary>
    /// The statements of <see cref="Store(EventBatch, IReadOnlyList{MalformedEvent}, CancellationToken)"/>, in a transaction that is the caller's to
    /// commit.
    /// </summary>
    public async Task<int> Write(DbSession session, EventBatch batch, BatchKeys keys, CancellationToken ct)
    {
        var stored = await WriteEvents(session, batch, keys, ct);
        await session.Execute(
            $"{session.Dialect.InsertIgnore} into evaluator_parts(source, slice_from, slice_to, parts, part) "
                + "values(@Source, @From, @To, @Parts, @Part)",
            new { batch.Source, From = batch.SliceFrom.ToUnixTimeMilliseconds(), To = batch.SliceTo.ToUnixTimeMilliseconds(), batch.Parts,
                batch.Part }, ct);
        return stored;
    }

    /// <summary>The same of news that is not of a slice.</summary>
    public async Task<int> WriteEvents(DbSession session, EventBatch batch, BatchKeys keys, CancellationToken ct)
    {
        var d = session.Dialect;
        using SqlRows excused = new(d);
        foreach (var id in batch.ExcusedOccurrenceIds.OfType<string>().Distinct())
            excused.Add(BatchKeys.OccurrenceKey(batch.Source, id), time.Milliseconds());

        // Keys: the primary ones. Lengths are checked first: "ignore" must not cut anything.
        if (excused.Count > 0)
            await session.Execute($"{d.InsertIgnore} into evaluator_excused(occurrence_key, excused_at) values {excused}", null, ct);
        var stored = 0;
        Dictionary<Guid, long> timesBefore = [];
        foreach (var events in keys.Events.Chunk(RowsPerStatement))
        {
            var hasTimes = events.Any(e => e.Event.ReportedTime is not null); // which few have
            using var rows = hasTimes ? RowsWithTime(d, batch, events) : Rows(d, batch, events);
            var added = await session.Execute(
                $"{d.InsertIgnore} into evaluator_events(event_key, source, event_id, occurred_at, labels, "
                + $"occurrence_key{(hasTimes ? ", reported_time" : "")}) values {rows}", null, ct);
            stored += added;
            if (added < events.Length) // the first time of an event counts: with another it would be in a window twice
                await ReadTimes(session, events, timesBefore, ct);
        }
        // Also of events that were stored before: it may have been under a rule of then. In the order of the primary key.
        List<Place> places = [.. keys.Events
            .SelectMany(e => e.Triggers.Select(trigger => new Place(trigger, timesBefore.GetValueOrDefault(e.Key, e.OccurredAt), e)))
            .OrderBy(place => (place.Trigger, place.At, place.Event.Key))];
        foreach (var some in places.Chunk(RowsPerStatement))
        {
            using var rows = Rows(d, some);
            await session.Execute(
                $"{d.InsertIgnore} into evaluator_window(trigger_id, occurred_at, event_key, occurrence_key) values {rows}", null, ct);
        }
        if (stored < keys.Events.Count)
            await JoinOccurrences(session, keys, places, ct);
        await OccurrenceTable.Keep(session, places.Where(place => place.Event.OccurrenceKey is not null)
            .Select(place => (place.Event.OccurrenceKey!.Value, place.Trigger, place.At)), ct);
        return stored;
    }

    static SqlRows Rows(IDialect dialect, EventBatch batch, IEnumerable<SortedEvent> events)
    {
        var rows = new SqlRows(dialect);
        foreach (var e in events)
            rows.Add(e.Key, batch.Source, e.Event.EventId, e.OccurredAt, e.LabelsJson, e.OccurrenceKey);
        return rows;
    }

    static SqlRows RowsWithTime(IDialect dialect, EventBatch batch, IEnumerable<SortedEvent> events)
    {
        var rows = new SqlRows(dialect);
        foreach (var e in events)
            rows.Add(e.Key, batch.Source, e.Event.EventId, e.OccurredAt, e.LabelsJson, e.OccurrenceKey,
                e.Event.ReportedTime is { Length: > LongestReported } reported ? reported[..LongestReported] : e.Event.ReportedTime);
        return rows;
    }

    static SqlRows Rows(IDialect dialect, IEnumerable<Place> places)
    {
        var rows = new SqlRows(dialect);
        foreach (var (trigger, at, e) in places)
            rows.Add(trigger, at, e.Key, e.OccurrenceKey);
        return rows;
    }

    static async Task ReadTimes(DbSession session, IEnumerable<SortedEvent> events, Dictionary<Guid, long> times, CancellationToken ct)
    {
        foreach (var (key, at) in await session.Query<(Guid Key, long At)>( // primary key
            $"select event_key, occurred_at from evaluator_events where event_key in ({events.Select(e => e.Key).Literals()})", null, ct))
            times[key] = at;
    }

    /// <summary>An event can join an occurrence after it was first fetched.</summary>
    static async Task JoinOccurrences(DbSession session, BatchKeys keys, IEnumerable<Place> places, CancellationToken ct)
    {
        var placed = places.Where(place => place.Event.OccurrenceKey is not null).ToLookup(place => place.Event.OccurrenceKey!.Value);
        foreach (var occurrence in keys.Events.Where(e => e.OccurrenceKey is not null).GroupBy(e => e.OccurrenceKey!.Value).OrderBy(o => o.Key))
        {
            var events = occurrence.Select(e => e.Key).Literals();
            var late = await session.Execute(
                $"update evaluator_events set occurrence_key = x'{occurrence.Key:N}' where event_key in ({events}) and occurrence_key is null",
                null, ct);
            if (late > 0)
                foreach (var some in placed[occurrence.Key].Chunk(RowsPerStatement)) // primary key (trigger_id, occurred_at, event_key)
                    await session.Execute($"update evaluator_window set occurrence_key = x'{occurrence.Key:N}' "
                        + $"where ({string.Join(" or ", some.Select(IsPlace))}) and occurrence_key is null", null, ct);
        }
    }

    static string IsPlace(Place place) =>
        string.Create(CultureInfo.InvariantCulture,
            $"trigger_id = x'{place.Trigger:N}' and occurred_at = {place.At} and event_key = x'{place.Event.Key:N}'");

    /// <summary>An event in the window of a trigger, at the time it was first stored with.</summary>
    readonly record struct Place(Guid Trigger, long At, SortedEvent Event);
}
