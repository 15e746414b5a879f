using System.Text.Json;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.External;

/// <summary>The newest report of a condition in a batch.</summary>
internal sealed record Report(Key Key, Guid Id, ReportedCondition Condition)
{
    public bool Fires => Condition.State is ConditionState.Firing or ConditionState.Acknowledged;
    public long At => Condition.ReportedAt.ToUnixTimeMilliseconds();
}

/// <summary>One row for each reported condition of each key. Times are milliseconds since 1970.</summary>
internal static class ReportedTable
{
    const int RowsPerStatement = 100, LongestTitle = 500, LongestUrl = 2000, LongestSeverity = 32;

    /// <summary>Stores reports; older ones change nothing, whatever order they come in.</summary>
    public static async Task Store(DbSession session, Rule rule, IEnumerable<Report> reports, CancellationToken ct)
    {
        var d = session.Dialect;
        foreach (var some in reports.OrderBy(r => (r.Key.TriggerId, r.Id)).Chunk(RowsPerStatement)) // every evaluator in the same order
        {
            using SqlRows rows = new(d);
            foreach (var r in some)
                rows.Add(r.Key.TriggerId, r.Id, rule.Name, JsonSerializer.Serialize(r.Key.Labels), r.Condition.ExternalId, r.Fires ? 1 : 0,
                    (r.Condition.StartedAt ?? r.Condition.ReportedAt).ToUnixTimeMilliseconds(), r.At,
                    r.Condition.LeaseUntil?.ToUnixTimeMilliseconds(), Cut(r.Condition.Title, LongestTitle),
                    Cut(r.Condition.Severity, LongestSeverity), Cut(r.Condition.Url, LongestUrl),
                    r.Condition.Annotations.Count == 0 ? null : JsonSerializer.Serialize(r.Condition.Annotations), DueAt(rule, r));
            string Newer(string column, string? value = null) =>
                $"{column} = case when {d.Offered("reported_at")} >= evaluator_reported.reported_at then {value ?? d.Offered(column)} "
                + $"else evaluator_reported.{column} end";
            // It goes on since its first report, unless it was over meanwhile or the sender says since when. The times by which this is decided come
            // last: MySQL sets the columns in this order.
            await session.Execute( // primary key
                $"insert into evaluator_reported(trigger_id, condition_id, rule, labels, external_id, fires, started_at, reported_at, "
                + $"lease_until, title, "
                + $"severity, url, annotations, due_at) values {rows} " + d.OnConflictUpdate("trigger_id, condition_id",
                    Newer("started_at", $"case when {d.Offered("fires")} = 1 and evaluator_reported.fires = 1 "
                        + $"and {d.Offered("started_at")} > evaluator_reported.started_at then evaluator_reported.started_at "
                        + $"else {d.Offered("started_at")} end"),
                    Newer("lease_until"), Newer("title"), Newer("severity"), Newer("url"), Newer("annotations"), Newer("due_at"), Newer("fires"),
                    Newer("reported_at")), null, ct);
        }
    }

    /// <summary>All that is reported of a key, locked.</summary>
    public static Task<List<Reported>> Of(DbSession session, Guid trigger, CancellationToken ct) => session.Query<Reported>( // primary key
        $"""
        select external_id ExternalId, fires Fires, started_at StartedAt, reported_at ReportedAt, lease_until LeaseUntil, title Title,
          severity Severity,
          url Url, annotations Annotations
        from evaluator_reported where trigger_id = x'{trigger:N}' order by condition_id {session.Dialect.ForUpdate}
        """, null, ct);

    /// <summary>Keys with a condition that is due, the longest first, pushed ahead.</summary>
    public static Task<List<Key>> TakeDue(DbSession session, string rule, long through, int most, CancellationToken ct) =>
        DueRows.Take(session, "evaluator_reported", "condition_id", rule, through, most, ct);

    /// <summary>What is over is looked at no more, until a report comes.</summary>
    public static Task StopLooking(DbSession session, Guid trigger, CancellationToken ct) => session.Execute( // primary key
        $"update evaluator_reported set due_at = {DueSweep.Never} where trigger_id = x'{trigger:N}'", null, ct);

    // The first time at which anything changes by time alone: long enough so, long enough not, the lease has run out, or it is too long without news.
    static long DueAt(Rule rule, Report report)
    {
        var keepFor = (long)rule.Options.KeepFor.TotalMilliseconds;
        if (!report.Fires)
            return keepFor > 0 ? report.At + keepFor : DueSweep.Never;
        var held = rule.Options.For > TimeSpan.Zero
            ? (report.Condition.StartedAt ?? report.Condition.ReportedAt).ToUnixTimeMilliseconds() + (long)rule.Options.For.TotalMilliseconds
            : DueSweep.Never;
        return Math.Min(held, Reported.EndsAt(rule, report.At, report.Condition.LeaseUntil?.ToUnixTimeMilliseconds(), 0));
    }

    static string? Cut(string? text, int longest) => text is not null && text.Length > longest ? text[..longest] : text;
}

/// <summary>A reported condition as it is now.</summary>
internal sealed class Reported
{
    public string ExternalId { get; init; } = "";
    public bool Fires { get; init; }
    public long StartedAt { get; init; }
    public long ReportedAt { get; init; }
    public long? LeaseUntil { get; init; }
    public string? Title { get; init; }
    public string? Severity { get; init; }
    public string? Url { get; init; }
    public string? Annotations { get; init; }

    /// <summary>
    /// When it is over without a word: its lease has run out, or nothing was heard for too long, in time in which it would have been.
    /// </summary>
    public static long EndsAt(Rule rule, long reportedAt, long? leaseUntil, long coveredFrom)
    {
        var from = Math.Max(reportedAt, coveredFrom);
        var lease = leaseUntil is { } until ? from + Math.Max(0, until - reportedAt) : DueSweep.Never;
        var news = rule.Options.CloseAfter is { } after ? from + (long)after.TotalMilliseconds : DueSweep.Never;
        return Math.Min(lease, news);
    }
}
