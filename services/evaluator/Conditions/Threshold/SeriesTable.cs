using System.Text.Json;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Threshold;

/// <summary>A series of a key.</summary>
internal sealed record Series(Key Key, Guid Id, string Name);

/// <summary>One row for each series of each key, with its state and when it will have no data.</summary>
internal static class SeriesTable
{
    const int RowsPerStatement = 250;

    const string Columns =
        """
        trigger_id TriggerId, series_id SeriesId, series Series, measured_at At, value Value, beyond_since BeyondSince,
          normal_since NormalSince, known_until KnownUntil
        """;

    /// <summary>The states of these series, locked; rows are made for those that have none.</summary>
    public static async Task<Dictionary<(Guid Trigger, Guid Series), SeriesState>> Lock(DbSession session, Rule rule, IReadOnlyList<Series> series,
        CancellationToken ct)
    {
        Dictionary<(Guid, Guid), SeriesState> states = [];
        foreach (var some in series.OrderBy(s => (s.Key.TriggerId, s.Id)).Chunk(RowsPerStatement)) // every evaluator in the same order
        {
            await Read(session, some, states, ct);
            using SqlRows made = new(session.Dialect);
            foreach (var s in some.Where(s => !states.ContainsKey((s.Key.TriggerId, s.Id))))
                made.Add(s.Key.TriggerId, s.Id, rule.Name, JsonSerializer.Serialize(s.Key.Labels), s.Name, 0, 0, 0);
            if (made.Count == 0)
                continue;
            await session.Execute( // primary key
                $"{session.Dialect.InsertIgnore} into evaluator_series(trigger_id, series_id, rule, labels, series, measured_at, due_at, "
                    + $"known_until) values {made}",
                null, ct);
            await Read(session, some, states, ct); // another evaluator may have made and filled it
        }
        return states;
    }

    public static async Task Update(DbSession session, IEnumerable<(Series Series, SeriesState State, long DueAt)> changed, CancellationToken ct)
    {
        foreach (var some in changed.OrderBy(c => (c.Series.Key.TriggerId, c.Series.Id)).Chunk(RowsPerStatement))
        {
            using SqlRows rows = new(session.Dialect);
            foreach (var (series, state, dueAt) in some)
                rows.Add(series.Key.TriggerId, series.Id, "", "{}", "", state.At, SqlValue.Of(state.Value), state.BeyondSince, state.NormalSince,
                    dueAt, state.KnownUntil);
            await session.Execute( // primary key; the row is there, and locked
                "insert into evaluator_series(trigger_id, series_id, rule, labels, series, measured_at, value, beyond_since, normal_since, due_at, "
                + $"known_until) values {rows} "
                + session.Dialect.OnConflictUpdate("trigger_id, series_id", "measured_at", "value", "beyond_since", "normal_since", "due_at",
                    "known_until"), null, ct);
        }
    }

    /// <summary>All series of a key, locked.</summary>
    public static async Task<List<SeriesOfKey>> Of(DbSession session, Guid trigger, CancellationToken ct) =>
        [.. (await session.Query<Row>( // primary key
            $"select {Columns} from evaluator_series where trigger_id = x'{trigger:N}' and measured_at > 0 order by series_id "
            + session.Dialect.ForUpdate, null, ct)).Select(row => new SeriesOfKey(row.Series, row.State))];

    /// <summary>Keys with a series that has no data for too long, the longest first, pushed ahead.</summary>
    public static Task<List<Key>> TakeDue(DbSession session, string rule, long through, int most, CancellationToken ct) =>
        DueRows.Take(session, "evaluator_series", "series_id", rule, through, most, ct);

    /// <summary>Series of a key without data since then are looked at no more, until a sample comes.</summary>
    public static Task StopLooking(DbSession session, Guid trigger, long since, CancellationToken ct) => session.Execute( // primary key
        $"update evaluator_series set due_at = 0 where trigger_id = x'{trigger:N}' and measured_at <= {since}", null, ct);

    /// <summary>Series of a key that are looked at no more are from then on.</summary>
    public static Task LookAgain(DbSession session, Guid trigger, long dueAt, CancellationToken ct) => session.Execute( // primary key
        $"update evaluator_series set due_at = {dueAt} where trigger_id = x'{trigger:N}' and due_at = 0 and measured_at > 0", null, ct);

    static async Task Read(DbSession session, IEnumerable<Series> series, Dictionary<(Guid, Guid), SeriesState> states, CancellationToken ct)
    {
        foreach (var row in await session.Query<Row>( // primary key (trigger_id, series_id)
            $"select {Columns} from evaluator_series where {string.Join(" or ", series.Select(IsOne))} order by trigger_id, series_id "
            + session.Dialect.ForUpdate, null, ct))
            states[(row.TriggerId, row.SeriesId)] = row.State;
    }

    // One by one: of two lists each pair of both would be looked up.
    static string IsOne(Series series) => $"(trigger_id = x'{series.Key.TriggerId:N}' and series_id = x'{series.Id:N}')";

    sealed class Row
    {
        public Guid TriggerId { get; init; }
        public Guid SeriesId { get; init; }
        public string Series { get; init; } = "";
        public long At { get; init; }
        public double? Value { get; init; }
        public long? BeyondSince { get; init; }
        public long? NormalSince { get; init; }
        public long? KnownUntil { get; init; }

        // A row of before there was the column: what was beyond the limit is known.
        public SeriesState State => new(At, Value ?? 0, BeyondSince, NormalSince, KnownUntil ?? At);
    }
}

/// <summary>A series of a key as it is now.</summary>
internal sealed record SeriesOfKey(string Name, SeriesState State);
