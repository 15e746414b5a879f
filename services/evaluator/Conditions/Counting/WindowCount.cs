using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>
/// The two counting statements. Both look at a set of triggers at once, see what every evaluator has committed, and leave excused events out
/// by joining, so that it does not matter whether the excuse or the event came first.
/// </summary>
internal static class WindowCount
{
    // Both go along the primary key (trigger_id, occurred_at, event_key); evaluator_excused by its own.
    public const string Counted = """
        from evaluator_window w left join evaluator_excused x on x.occurrence_key = w.occurrence_key
        where x.occurrence_key is null
        """;

    /// <summary>
    /// For each trigger the latest instant within [<paramref name="from"/>, <paramref name="to"/>] at which the window that ends there holds
    /// <paramref name="threshold"/> events or more of those after <paramref name="since"/>. A window ends at each of its events: nowhere else can it
    /// be fullest.
    /// </summary>
    public static async Task<List<ThresholdCrossing>> ThresholdCrossings(
        DbSession session, IEnumerable<Guid> triggers, long window, int threshold, long since, long from, long to, CancellationToken ct)
    {
        var after = Math.Max(from - window, since);
        var full = await Full(session, triggers, threshold, after, to, ct);
        if (full.Count == 0)
            return [];
        // The first value, not the least: MariaDB would read the whole window again for each event.
        var rows = await session.Query<(Guid TriggerId, long At, long FirstAt, long Count)>(
            $"""
            select trigger_id, at_time, first_at, number from (
              select trigger_id, at_time, first_at, number, row_number() over (partition by trigger_id order by at_time desc, number desc) as latest
              from (
                select w.trigger_id, w.occurred_at as at_time, first_value(w.occurred_at) over fill as first_at, count(*) over fill as number
                {Counted} and w.trigger_id in ({full.Literals()}) and w.occurred_at > {after} and w.occurred_at <= {to}
                window fill as (partition by w.trigger_id order by w.occurred_at range between {window - 1} preceding and current row)
              ) filled where number >= {threshold} and at_time >= {from}
            ) ranked where latest = 1
            """, null, ct);
        return [.. rows.Select(r => new ThresholdCrossing(r.TriggerId, (int)r.Count, r.At, r.FirstAt, window))];
    }

    // Most keys have few events, and need not be sorted to see that.
    static Task<List<Guid>> Full(DbSession session, IEnumerable<Guid> triggers, int threshold, long after, long to, CancellationToken ct) =>
        session.Query<Guid>( // primary key
            $"""
            select trigger_id from evaluator_window where trigger_id in ({triggers.Literals()}) and occurred_at > {after} and occurred_at <= {to}
            group by trigger_id having count(*) >= {threshold}
            """, null, ct);

    /// <summary>
    /// For each trigger that has any, its events after <paramref name="after"/>, and the time of the <paramref name="clearBelow"/>-th newest.
    /// </summary>
    public static async Task<List<RemainingCount>> RemainingCounts(DbSession session, IEnumerable<Guid> triggers, long after, int clearBelow,
        CancellationToken ct)
    {
        var rows = await session.Query<(Guid TriggerId, long Count, long? LimitingAt)>(
            $"""
            select trigger_id, count(*), max(case when newest = {clearBelow} then occurred_at end) from (
              select w.trigger_id, w.occurred_at, row_number() over (partition by w.trigger_id order by w.occurred_at desc) as newest
              {Counted} and w.trigger_id in ({triggers.Literals()}) and w.occurred_at > {after}
            ) ranked group by trigger_id
            """, null, ct);
        return [.. rows.Select(r => new RemainingCount(r.TriggerId, (int)r.Count, r.LimitingAt))];
    }
}
