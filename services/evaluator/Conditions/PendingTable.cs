using System.Text.Json;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions;

/// <summary>
/// Keys that are wrong and may be raised later only: outside their rules' hours, or because it must last. It is kept, for nobody may come to say it
/// again. So is what was wrong with a key that is normal again before anybody looked. Times are milliseconds since 1970.
/// </summary>
internal static class PendingTable
{
    const int RowsPerStatement = 100;

    /// <summary>
    /// Has a key looked at when it may be raised. An earlier time that is still to come stays: it costs a look, and a later one could miss the alert.
    /// </summary>
    public static Task Put(DbSession session, Key key, string rule, long raiseAt, long now, CancellationToken ct)
    {
        var d = session.Dialect;
        var sooner = $"case when evaluator_pending.raise_at > {now} and evaluator_pending.raise_at < {d.Offered("raise_at")} "
            + $"then evaluator_pending.raise_at else {d.Offered("raise_at")} end";
        // What both are decided by comes last: MySQL sets the columns in this order.
        return session.Execute( // primary key
            "insert into evaluator_pending(trigger_id, rule, labels, raise_at, due_at) values(@TriggerId, @rule, @Labels, @raiseAt, @raiseAt) "
                + d.OnConflictUpdate("trigger_id", "rule", "labels", $"due_at = {sooner}", $"raise_at = {sooner}"),
            new { key.TriggerId, rule, Labels = JsonSerializer.Serialize(key.Labels), raiseAt }, ct);
    }

    /// <summary>
    /// Keeps what was wrong with keys and is over, but for those that are raised: their alerts tell of it. Of a key that has some kept, that stays.
    /// </summary>
    public static async Task PutMissed(DbSession session, string rule, IReadOnlyCollection<(Key Key, Finding Missed)> missed, long now,
        CancellationToken ct)
    {
        if (missed.Count == 0)
            return;
        // Who raises or clears one of them at this moment waits for the rows we have locked, or has committed before we got them.
        var raised = await TriggerTable.RaisedSoFar(session, missed.Select(m => m.Key.TriggerId), ct);
        var d = session.Dialect;
        foreach (var some in missed.Where(m => !raised.Contains(m.Key.TriggerId)).OrderBy(m => m.Key.TriggerId).Chunk(RowsPerStatement))
        {
            using SqlRows rows = new(d);
            foreach (var (key, finding) in some)
                rows.Add(key.TriggerId, rule, JsonSerializer.Serialize(key.Labels), now, now, JsonSerializer.Serialize(finding));
            await session.Execute( // primary key
                $"insert into evaluator_pending(trigger_id, rule, labels, raise_at, due_at, missed) values {rows} "
                    + d.OnConflictUpdate("trigger_id", "due_at", $"missed = coalesce(evaluator_pending.missed, {d.Offered("missed")})"), null, ct);
        }
    }

    /// <summary>
    /// Has keys looked at that may be told otherwise from a moment on. Of those that are looked at sooner anyway, that stays.
    /// </summary>
    public static async Task PutChanged(DbSession session, string rule, IReadOnlyCollection<Key> keys, long at, CancellationToken ct)
    {
        var d = session.Dialect;
        foreach (var some in keys.OrderBy(key => key.TriggerId).Chunk(RowsPerStatement))
        {
            using SqlRows rows = new(d);
            foreach (var key in some)
                rows.Add(key.TriggerId, rule, JsonSerializer.Serialize(key.Labels), at, at);
            await session.Execute( // primary key
                $"insert into evaluator_pending(trigger_id, rule, labels, raise_at, due_at) values {rows} " + d.OnConflictUpdate("trigger_id",
                    $"due_at = case when {d.Offered("due_at")} < evaluator_pending.due_at then {d.Offered("due_at")} "
                        + "else evaluator_pending.due_at end"), null, ct);
        }
    }

    /// <summary>Takes what was kept of a key that is being decided on, and its row with it; null when there is nothing.</summary>
    public static async Task<Finding?> TakeMissed(DbSession session, Guid trigger, CancellationToken ct)
    {
        var missed = await session.First<string>( // primary key
            $"select missed from evaluator_pending where trigger_id = @trigger and missed is not null {session.Dialect.ForUpdate}",
            new { trigger }, ct);
        if (missed is not null)
            await Remove(session, trigger, ct);
        return missed is null ? null : JsonSerializer.Deserialize<Finding>(missed);
    }

    /// <summary>It is raised, or need not be.</summary>
    public static Task Remove(DbSession session, Guid trigger, CancellationToken ct) => session.Execute( // primary key
        "delete from evaluator_pending where trigger_id = @trigger", new { trigger }, ct);

    /// <summary>The same of those that were taken at a time, and of which nobody has said anything since.</summary>
    public static Task RemoveTaken(DbSession session, IEnumerable<Guid> triggers, long taken, CancellationToken ct) => session.Execute( // primary key
        $"delete from evaluator_pending where trigger_id in ({triggers.Literals()}) and due_at = {taken + DueSweep.Again}", null, ct);

    /// <summary>Which of these are there. Waits for any that is being decided on at this moment.</summary>
    public static async Task<HashSet<Guid>> Find(DbSession session, IEnumerable<Guid> triggers, CancellationToken ct) =>
        [.. await session.Query<Guid>( // primary key
            $"select trigger_id from evaluator_pending where trigger_id in ({triggers.Literals()}) {session.Dialect.ForShare}", null, ct)];

    /// <summary>When a key is to be looked at, as far as is committed; null when it need not be.</summary>
    public static Task<long?> RaiseAt(DbSession session, Guid trigger, CancellationToken ct) => session.First<long?>( // primary key
        "select raise_at from evaluator_pending where trigger_id = @trigger", new { trigger }, ct);

    /// <summary>The keys of a rule are due: it is another now.</summary>
    public static Task LookAgain(DbSession session, string rule, CancellationToken ct) => session.Execute( // as many rows as keys wait
        "update evaluator_pending set due_at = 1 where rule = @rule", new { rule }, ct);

    /// <summary>Those whose time has come, the longest due first, pushed ahead so that nobody else takes them too.</summary>
    public static async Task<List<PendingKey>> TakeDue(DbSession session, long now, int most, CancellationToken ct)
    {
        var due = await session.Query<Row>( // ix_evaluator_pending_due (due_at)
            $"""
            select trigger_id TriggerId, rule Rule, labels Labels, raise_at RaiseAt, missed is not null IsMissed from evaluator_pending
            where due_at <= {now} order by due_at limit {most} {session.Dialect.ForUpdateSkipLocked}
            """, null, ct);
        if (due.Count > 0)
            await session.Execute( // primary key
                $"update evaluator_pending set due_at = {now + DueSweep.Again} "
                    + $"where trigger_id in ({due.Select(row => row.TriggerId).Literals()})", null, ct);
        return due.ConvertAll(row => new PendingKey(
            new Key(row.TriggerId, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Labels)!), row.Rule, row.RaiseAt, row.IsMissed));
    }

    sealed class Row
    {
        public Guid TriggerId { get; init; }
        public string Rule { get; init; } = "";
        public string Labels { get; init; } = "{}";
        public long RaiseAt { get; init; }
        public bool IsMissed { get; init; }
    }
}

/// <summary>A key that may be raised from a moment on.</summary>
/// <param name="Key">The key.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="RaiseAt">That moment; milliseconds since 1970.</param>
/// <param name="IsMissed">Whether something was wrong with it that is over and that nobody has judged.</param>
internal sealed record PendingKey(Key Key, string Rule, long RaiseAt, bool IsMissed);
