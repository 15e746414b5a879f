using System.Text.Json;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Absence;

/// <summary>The newest sign of life of a key in a batch.</summary>
internal sealed record Heard(Key Key, long At, bool Fails, string? Text);

/// <summary>
/// Of every key when it was last heard, since when without a silence, and when it will be silent. Times are milliseconds since 1970.
/// </summary>
internal static class HeardTable
{
    const int RowsPerStatement = 250, LongestText = 500;
    static readonly TimeSpan KeepsSilent = TimeSpan.FromDays(30);

    /// <summary>Stores beats; older ones change nothing, whatever order they come in.</summary>
    public static async Task Store(DbSession session, Rule rule, IEnumerable<Heard> heard, CancellationToken ct)
    {
        var d = session.Dialect;
        foreach (var some in heard.OrderBy(h => h.Key.TriggerId).Chunk(RowsPerStatement)) // every evaluator in the same order
        {
            using SqlRows rows = new(d);
            foreach (var h in some)
                rows.Add(h.Key.TriggerId, rule.Name, JsonSerializer.Serialize(h.Key.Labels), h.At, h.At, h.Fails ? 1 : 0,
                    h.Text is { Length: > LongestText } ? h.Text[..LongestText] : h.Text, DueAt(rule, h.Key.Labels, h.At, h.Fails));
            string Newer(string column, string value) =>
                $"{column} = case when {d.Offered("heard_at")} >= evaluator_heard.heard_at then {value} else evaluator_heard.{column} end";
            // The time itself last: MySQL sets the columns in this order.
            await session.Execute( // primary key
                $"insert into evaluator_heard(trigger_id, rule, labels, heard_at, heard_since, fails, said, due_at) values {rows} "
                + d.OnConflictUpdate("trigger_id",
                    Newer("heard_since", $"case when {d.Offered("heard_at")} - evaluator_heard.heard_at > {LongestPause(rule)} "
                        + $"then {d.Offered("heard_at")} else evaluator_heard.heard_since end"),
                    Newer("fails", d.Offered("fails")), Newer("said", d.Offered("said")), Newer("due_at", d.Offered("due_at")),
                    Newer("heard_at", d.Offered("heard_at"))), null, ct);
        }
    }

    /// <summary>A key as it is now, locked.</summary>
    public static async Task<HeardKey?> Find(DbSession session, Guid trigger, CancellationToken ct) => await session.First<HeardKey>( // primary key
        $"select heard_at At, heard_since Since, fails Fails, said Said from evaluator_heard where trigger_id = x'{trigger:N}' "
            + session.Dialect.ForUpdate, null, ct);

    public static Task SetDue(DbSession session, IEnumerable<Guid> triggers, long dueAt, CancellationToken ct) => session.Execute( // primary key
        $"update evaluator_heard set due_at = {dueAt} where trigger_id in ({triggers.Literals()})", null, ct);

    /// <summary>Those that are due, the longest due first.</summary>
    public static Task<List<DueKey>> Due(DbSession session, string rule, long through, int most, CancellationToken ct) =>
        session.Query<DueKey>( // ix_evaluator_heard_due (rule, due_at)
            $"""
            select trigger_id TriggerId, labels Labels, heard_at At, fails Fails from evaluator_heard where rule = @rule and due_at <= {through}
            order by due_at limit {most} {session.Dialect.ForUpdateSkipLocked}
            """, new { rule }, ct);

    /// <summary>How long nothing may be heard of a key.</summary>
    public static long After(Rule rule, IReadOnlyDictionary<string, string> key) =>
        (long)(rule.OverrideFor(key)?.After ?? rule.Options.After!.Value).TotalMilliseconds;

    /// <summary>The same of the key that is silent soonest.</summary>
    public static long ShortestAfter(Rule rule) =>
        (long)rule.Options.Overrides.Select(o => o.After).OfType<TimeSpan>().Append(rule.Options.After!.Value).Min().TotalMilliseconds;

    /// <summary>After how long without news a key is forgotten; milliseconds.</summary>
    public static long ForgetAfter(Rule rule) => (long)(rule.Options.ForgetAfter ?? rule.Options.After!.Value + KeepsSilent).TotalMilliseconds;

    /// <summary>When a key must be looked at.</summary>
    public static long DueAt(Rule rule, IReadOnlyDictionary<string, string> key, long heardAt, bool fails) =>
        heardAt + (fails ? 0 : After(rule, key)) + (long)rule.Options.For.TotalMilliseconds;

    // Longer than the rule's time is a silence; overrides make it no shorter here, so that it is one number for a statement.
    static long LongestPause(Rule rule) => (long)rule.Options.After!.Value.TotalMilliseconds;

    internal sealed class HeardKey
    {
        public long At { get; init; }
        public long Since { get; init; }
        public bool Fails { get; init; }
        public string? Said { get; init; }
    }

    internal sealed class DueKey
    {
        public Guid TriggerId { get; init; }
        public string Labels { get; init; } = "{}";
        public long At { get; init; }
        public bool Fails { get; init; }

        public Key Key => new(TriggerId, JsonSerializer.Deserialize<Dictionary<string, string>>(Labels)!);
    }
}
