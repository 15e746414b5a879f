using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Evaluator.Windows;

/// <summary>Stores a batch once, however often it comes: events, their places in the windows, what is excused, and that this part is done, in one transaction.</summary>
internal sealed class EventStore(Database database, TimeProvider time)
{
    const int MaxLabels = 1000, MaxId = 128;

    /// <summary>Returns how many of the events were new.</summary>
    public async Task<int> Store(EventBatch batch, Touched touched, CancellationToken ct)
    {
        var d = database.Dialect;
        SqlRows events = new(d), window = new(d), excused = new(d);
        foreach (var e in touched.Events)
        {
            if (e.Event.EventId.Length > MaxId || e.LabelsJson.Length > MaxLabels)
                throw new InvalidDataException($"Event {e.Event.EventId[..Math.Min(MaxId, e.Event.EventId.Length)]} of {batch.Source}, slice {batch.SliceFrom:O}: "
                    + $"its id is longer than {MaxId} or its labels are longer than {MaxLabels} characters.");
            events.Add(e.Key, batch.Source, e.Event.EventId, e.OccurredAt, e.LabelsJson, e.OccurrenceKey);
        }
        foreach (var (trigger, e) in touched.Events.SelectMany(e => e.Triggers.Select(trigger => (trigger, e))).OrderBy(row => row.trigger))
            window.Add(trigger, e.Key, e.OccurredAt, e.OccurrenceKey);
        foreach (var id in batch.ExcusedOccurrenceIds.Distinct())
            excused.Add(Touched.OccurrenceKey(batch.Source, id), time.Milliseconds());

        await using var session = await database.Begin(ct);
        // Keys: the primary ones. Lengths were checked above: "ignore" must not cut anything.
        if (excused.Count > 0)
            await session.Execute($"{d.InsertIgnore} into evaluator_excused(occurrence_key, excused_at) values {excused}", null, ct);
        var stored = events.Count == 0 ? 0 : await session.Execute(
            $"{d.InsertIgnore} into evaluator_events(event_key, source, event_id, occurred_at, labels, occurrence_key) values {events}", null, ct);
        if (window.Count > 0)
            await session.Execute($"{d.InsertIgnore} into evaluator_window(trigger_id, event_key, occurred_at, occurrence_key) values {window}", null, ct);
        if (stored < events.Count)
            await JoinOccurrences(session, touched, ct);
        await session.Execute($"{d.InsertIgnore} into evaluator_parts(source, slice_from, slice_to, parts, part) values(@Source, @From, @To, @Parts, @Part)",
            new { batch.Source, From = batch.SliceFrom.ToUnixTimeMilliseconds(), To = batch.SliceTo.ToUnixTimeMilliseconds(), batch.Parts, batch.Part }, ct);
        await session.Commit(ct);
        return stored;
    }

    /// <summary>An event can join an occurrence after it was first fetched.</summary>
    static async Task JoinOccurrences(DbSession session, Touched touched, CancellationToken ct)
    {
        foreach (var occurrence in touched.Events.Where(e => e.OccurrenceKey is not null).GroupBy(e => e.OccurrenceKey!.Value).OrderBy(o => o.Key))
        {
            var events = occurrence.Select(e => e.Key).Literals();
            var triggers = occurrence.SelectMany(e => e.Triggers).Distinct().Order().ToList();
            var late = await session.Execute(
                $"update evaluator_events set occurrence_key = x'{occurrence.Key:N}' where event_key in ({events}) and occurrence_key is null", null, ct);
            if (late > 0 && triggers.Count > 0) // primary key (trigger_id, event_key)
                await session.Execute($"update evaluator_window set occurrence_key = x'{occurrence.Key:N}' "
                    + $"where trigger_id in ({triggers.Literals()}) and event_key in ({events}) and occurrence_key is null", null, ct);
        }
    }
}
