using System.Text.Json;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.External;

/// <summary>The newest report of a condition in a batch.</summary>
internal sealed record Report(Key Key, Guid Id, ReportedCondition Condition)
{
    /// <summary>Those of the batch before it, the oldest first.</summary>
    public IReadOnlyList<ReportedCondition> Earlier { get; init; } = [];

    public bool Fires => IsFiring(Condition.State);
    public long At => Condition.ReportedAt.ToUnixTimeMilliseconds();

    public static bool IsFiring(ConditionState state) => state is ConditionState.Firing or ConditionState.Acknowledged;
}

/// <summary>One row for each reported condition of each key. Times are milliseconds since 1970.</summary>
internal static class ReportedTable
{
    const int RowsPerStatement = 100, LongestTitle = 500, LongestUrl = 2000, LongestSeverity = 32;

    const string Columns =
        """
        trigger_id TriggerId, condition_id ConditionId, external_id ExternalId, fires Fires, started_at StartedAt, reported_at ReportedAt,
          lease_until LeaseUntil, title Title, severity Severity, url Url, annotations Annotations, known_until Known, acknowledged Acknowledged
        """;

    /// <summary>
    /// Stores reports; older ones change nothing, whatever order they come in. Returns what was reported and is over by them, or by now, and the keys
    /// that may have to be told otherwise if they are raised.
    /// </summary>
    public static async Task<(IReadOnlyCollection<(Key Key, Finding Missed)> Missed, IReadOnlyCollection<Key> Changed)> Store(
        DbSession session, Rule rule, IEnumerable<Report> reports, long now, CancellationToken ct)
    {
        var d = session.Dialect;
        Dictionary<Guid, (Key, Finding)> missed = [];
        Dictionary<Guid, Key> changed = [];
        foreach (var some in reports.OrderBy(r => (r.Key.TriggerId, r.Id)).Chunk(RowsPerStatement)) // every evaluator in the same order
        {
            var known = await Lock(session, some, ct);
            using SqlRows rows = new(d);
            foreach (var r in some)
            {
                var before = known.GetValueOrDefault((r.Key.TriggerId, r.Id));
                var (finding, knownUntil) = Stretch.EndedBy(rule, before, r, now);
                if (finding is not null)
                    missed.TryAdd(r.Key.TriggerId, (r.Key, finding));
                var row = RowOf(r.Condition);
                if (SaysOtherwise(rule, before, row))
                    changed.TryAdd(r.Key.TriggerId, r.Key);
                rows.Add(r.Key.TriggerId, r.Id, rule.Name, JsonSerializer.Serialize(r.Key.Labels), row.ExternalId, row.Fires ? 1 : 0, row.StartedAt,
                    row.ReportedAt, row.LeaseUntil, row.Title, row.Severity, row.Url, row.Annotations, DueAt(rule, row), knownUntil,
                    row.Acknowledged);
            }
            string Newer(string column, string? value = null) =>
                $"{column} = case when {d.Offered("reported_at")} >= evaluator_reported.reported_at then {value ?? d.Offered(column)} "
                + $"else evaluator_reported.{column} end";
            // It goes on since its first report, unless it was over meanwhile or the sender says since when. The times by which this is decided come
            // last: MySQL sets the columns in this order.
            await session.Execute( // primary key
                $"insert into evaluator_reported(trigger_id, condition_id, rule, labels, external_id, fires, started_at, reported_at, "
                + $"lease_until, title, "
                + $"severity, url, annotations, due_at, known_until, acknowledged) values {rows} " + d.OnConflictUpdate("trigger_id, condition_id",
                    Newer("started_at", $"case when {d.Offered("fires")} = 1 and evaluator_reported.fires = 1 "
                        + $"and {d.Offered("started_at")} > evaluator_reported.started_at then evaluator_reported.started_at "
                        + $"else {d.Offered("started_at")} end"),
                    $"known_until = case when {d.Offered("known_until")} > coalesce(evaluator_reported.known_until, 0) "
                        + $"then {d.Offered("known_until")} else evaluator_reported.known_until end",
                    Newer("lease_until"), Newer("title"), Newer("severity"), Newer("url"), Newer("annotations"), Newer("acknowledged"),
                    Newer("due_at"), Newer("fires"),
                    Newer("reported_at")), null, ct);
        }
        return (missed.Values, changed.Values);
    }

    // Of a key that is one condition its first report raises it and its last one clears it: neither need be told besides.
    static bool SaysOtherwise(Rule rule, Reported? before, Reported now) =>
        before is null || !before.Fires ? now.Fires && !rule.IsByAllLabels && (rule.IsSeverityReported || now.IsAcknowledged)
        : now.ReportedAt >= before.ReportedAt && (now.Fires
            ? now.IsAcknowledged != before.IsAcknowledged || rule.IsSeverityReported && now.Severity != before.Severity
            : !rule.IsByAllLabels);

    static async Task<Dictionary<(Guid Trigger, Guid Id), Reported>> Lock(DbSession session, IReadOnlyCollection<Report> reports,
        CancellationToken ct) =>
        (await session.Query<Reported>( // primary key (trigger_id, condition_id)
            $"""
            select {Columns} from evaluator_reported where {string.Join(" or ", reports.Select(IsOne))}
            order by trigger_id, condition_id {session.Dialect.ForUpdate}
            """, null, ct)).ToDictionary(row => (row.TriggerId, row.ConditionId));

    // One by one: of two lists each pair of both would be looked up.
    static string IsOne(Report report) => $"(trigger_id = x'{report.Key.TriggerId:N}' and condition_id = x'{report.Id:N}')";

    /// <summary>All that is reported of a key, locked.</summary>
    public static Task<List<Reported>> Of(DbSession session, Guid trigger, CancellationToken ct) => session.Query<Reported>( // primary key
        $"select {Columns} from evaluator_reported where trigger_id = x'{trigger:N}' order by condition_id {session.Dialect.ForUpdate}", null, ct);

    /// <summary>Keys with a condition that is due, the longest first, pushed ahead.</summary>
    public static Task<List<Key>> TakeDue(DbSession session, string rule, long through, int most, CancellationToken ct) =>
        DueRows.Take(session, "evaluator_reported", "condition_id", rule, through, most, ct);

    /// <summary>What is over is looked at no more, until a report comes.</summary>
    public static Task StopLooking(DbSession session, Guid trigger, CancellationToken ct) => session.Execute( // primary key
        $"update evaluator_reported set due_at = {DueSweep.Never} where trigger_id = x'{trigger:N}'", null, ct);

    // The first time at which anything changes by time alone: long enough so, long enough not, the lease has run out, or it is too long without news.
    static long DueAt(Rule rule, Reported row)
    {
        var keepFor = (long)rule.Options.KeepFor.TotalMilliseconds;
        if (!row.Fires)
            return keepFor > 0 ? row.ReportedAt + keepFor : DueSweep.Never;
        var held = rule.Options.For > TimeSpan.Zero ? row.StartedAt + (long)rule.Options.For.TotalMilliseconds : DueSweep.Never;
        return Math.Min(held, Reported.EndsAt(rule, row.ReportedAt, row.LeaseUntil, 0));
    }

    static string? Cut(string? text, int longest) => text is not null && text.Length > longest ? text[..longest] : text;

    /// <summary>As a row of it would be.</summary>
    public static Reported RowOf(ReportedCondition condition) => new()
    {
        ExternalId = condition.ExternalId, Fires = Report.IsFiring(condition.State),
        Acknowledged = condition.State == ConditionState.Acknowledged ? 1 : null,
        StartedAt = (condition.StartedAt ?? condition.ReportedAt).ToUnixTimeMilliseconds(),
        ReportedAt = condition.ReportedAt.ToUnixTimeMilliseconds(), LeaseUntil = condition.LeaseUntil?.ToUnixTimeMilliseconds(),
        Title = Cut(condition.Title, LongestTitle), Severity = Cut(condition.Severity, LongestSeverity), Url = Cut(condition.Url, LongestUrl),
        Annotations = condition.Annotations.Count == 0 ? null : JsonSerializer.Serialize(condition.Annotations),
    };
}

/// <summary>A reported condition as it is now.</summary>
internal sealed record Reported
{
    public Guid TriggerId { get; init; }
    public Guid ConditionId { get; init; }
    public string ExternalId { get; init; } = "";
    public bool Fires { get; init; }
    public long StartedAt { get; init; }
    public long ReportedAt { get; init; }
    public long? LeaseUntil { get; init; }
    public string? Title { get; init; }
    public string? Severity { get; init; }
    public string? Url { get; init; }
    public string? Annotations { get; init; }
    public long? Known { get; init; }
    public int? Acknowledged { get; init; }

    /// <summary>Whether somebody has taken it on at the sender's.</summary>
    public bool IsAcknowledged => Acknowledged == 1;

    /// <summary>Reports up to then that say it fires are of a stretch that is known: it ended, or lasts, then.</summary>
    public long KnownUntil => Known ?? ReportedAt; // in a row of before there was the column all are

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
