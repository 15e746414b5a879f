using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Evaluator.Windows;

/// <summary>
/// Stores a batch once, however often it comes: events, their places in the windows, what is excused, and that this part is done, in one transaction.
/// </summary>
internal sealed class EventStore(Database database, TimeProvider time)
{
    // The driver keeps a buffer of its longest statement with every pooled connection.
    const int RowsPerStatement = 250, LongestReported = 64;

    /// <summary>Returns how many of the events were new.</summary>
    public async Task<int> Store(EventBatch batch, BatchKeys keys, IReadOnlyList<MalformedEvent> odd, CancellationToken ct)
    {
        using var activity = EvaluatorTelemetry.Source.StartActivity("store");
        await using var session = await database.Begin(ct);
        var stored = await Write(session, batch, keys, ct);
        await MalformedEventTable.Keep(session, batch, odd, time.Milliseconds(), ct);
        await session.Commit(ct);
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("sigma.source", batch.Source).SetTag("sigma.slice.from", $"{batch.SliceFrom:O}")
                .SetTag("sigma.slice.to", $"{batch.SliceTo:O}")
                .SetTag("sigma.part", batch.Part).SetTag("sigma.parts", batch.Parts).SetTag("sigma.events", batch.Events.Count)
                .SetTag("sigma.events.new", stored);
        return stored;
    }

    /// <summary>The statements of <see cref="Store"/>, in a transaction that is the caller's to commit.</summary>
    public async Task<int> Write(DbSession session, EventBatch batch, BatchKeys keys, CancellationToken ct)
    {
        var d = session.Dialect;
        SqlRows excused = new(d);
        foreach (var id in batch.ExcusedOccurrenceIds.OfType<string>().Distinct())
            excused.Add(BatchKeys.OccurrenceKey(batch.Source, id), time.Milliseconds());

        // Keys: the primary ones. Lengths are checked first: "ignore" must not cut anything.
        if (excused.Count > 0)
            await session.Execute($"{d.InsertIgnore} into evaluator_excused(occurrence_key, excused_at) values {excused}", null, ct);
        var stored = 0;
        foreach (var events in keys.Events.Chunk(RowsPerStatement))
        {
            var hasTimes = events.Any(e => e.Event.ReportedTime is not null); // which few have
            stored += await session.Execute(
                $"{d.InsertIgnore} into evaluator_events(event_key, source, event_id, occurred_at, labels, "
                + $"occurrence_key{(hasTimes ? ", reported_time" : "")}) "
                + $"values {(hasTimes ? RowsWithTime(d, batch, events) : Rows(d, batch, events))}", null, ct);
        }
        // Also of events that were stored before: it may have been under a rule of then.
        foreach (var places in keys.Events.SelectMany(e => e.Triggers.Select(trigger => (trigger, e))).OrderBy(row => row.trigger)
            .Chunk(RowsPerStatement))
            await session.Execute(
                $"{d.InsertIgnore} into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values {Rows(d, places)}", null, ct);
        if (stored < keys.Events.Count)
            await JoinOccurrences(session, keys, ct);
        await session.Execute(
            $"{d.InsertIgnore} into evaluator_parts(source, slice_from, slice_to, parts, part) values(@Source, @From, @To, @Parts, @Part)",
            new { batch.Source, From = batch.SliceFrom.ToUnixTimeMilliseconds(), To = batch.SliceTo.ToUnixTimeMilliseconds(), batch.Parts,
                batch.Part }, ct);
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

    static SqlRows Rows(IDialect dialect, IEnumerable<(Guid Trigger, SortedEvent Event)> places)
    {
        var rows = new SqlRows(dialect);
        foreach (var (trigger, e) in places)
            rows.Add(trigger, e.Key, e.OccurredAt, e.OccurrenceKey);
        return rows;
    }

    /// <summary>An event can join an occurrence after it was first fetched.</summary>
    static async Task JoinOccurrences(DbSession session, BatchKeys keys, CancellationToken ct)
    {
        foreach (var occurrence in keys.Events.Where(e => e.OccurrenceKey is not null).GroupBy(e => e.OccurrenceKey!.Value).OrderBy(o => o.Key))
        {
            var events = occurrence.Select(e => e.Key).Literals();
            var triggers = occurrence.SelectMany(e => e.Triggers).Distinct().Order().ToList();
            var late = await session.Execute(
                $"update evaluator_events set occurrence_key = x'{occurrence.Key:N}' where event_key in ({events}) and occurrence_key is null",
                null, ct);
            if (late > 0 && triggers.Count > 0) // primary key (trigger_id, event_key)
                await session.Execute($"update evaluator_window set occurrence_key = x'{occurrence.Key:N}' "
                    + $"where trigger_id in ({triggers.Literals()}) and event_key in ({events}) and occurrence_key is null", null, ct);
        }
    }
}
