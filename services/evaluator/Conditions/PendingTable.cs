using System.Text.Json;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions;

/// <summary>
/// Keys that are wrong and may be raised later only: outside their rules' hours, or because it must last. It is kept, for nobody may come to say it
/// again. Times are milliseconds since 1970.
/// </summary>
internal static class PendingTable
{
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
            select trigger_id TriggerId, rule Rule, labels Labels, raise_at RaiseAt from evaluator_pending where due_at <= {now}
            order by due_at limit {most} {session.Dialect.ForUpdateSkipLocked}
            """, null, ct);
        if (due.Count > 0)
            await session.Execute( // primary key
                $"update evaluator_pending set due_at = {now + DueSweep.Again} "
                    + $"where trigger_id in ({due.Select(row => row.TriggerId).Literals()})", null, ct);
        return due.ConvertAll(row => new PendingKey(
            new Key(row.TriggerId, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Labels)!), row.Rule, row.RaiseAt));
    }

    sealed class Row
    {
        public Guid TriggerId { get; init; }
        public string Rule { get; init; } = "";
        public string Labels { get; init; } = "{}";
        public long RaiseAt { get; init; }
    }
}

/// <summary>A key that may be raised from a moment on.</summary>
internal sealed record PendingKey(Key Key, string Rule, long RaiseAt);
