using System.Text.Json;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.External;

/// <summary>
/// What fires at a source when somebody writes the first rule for it: until then the built-in rule has kept it, with all labels, and not every sender
/// says again what it has said.
/// </summary>
internal sealed class ReportsOfBuiltIn(Database database)
{
    const int RowsPerStatement = 100;

    /// <summary>Gives a rule what fires at its source; what it has itself is newer. Whoever calls has its keys looked at. May be repeated.</summary>
    public async Task TakeOver(Rule rule, CancellationToken ct)
    {
        var name = BuiltInRules.NameOf(BuiltInRules.Reported, rule.Source);
        var after = Guid.Empty;
        List<Row> read;
        do
        {
            await using var session = await database.Begin(ct);
            // ix_evaluator_reported_due, or the primary key in its order; once in the life of a rule
            read = await session.Query<Row>(
                $"""
                select trigger_id TriggerId, condition_id ConditionId, labels Labels, external_id ExternalId, started_at StartedAt,
                  reported_at ReportedAt, lease_until LeaseUntil, title Title, severity Severity, url Url, annotations Annotations,
                  known_until KnownUntil, acknowledged Acknowledged
                from evaluator_reported where rule = @name and fires = 1 and trigger_id > x'{after:N}' order by trigger_id limit {RowsPerStatement}
                """, new { name }, ct);
            using SqlRows rows = new(session.Dialect);
            foreach (var row in read)
                Add(rows, rule, row);
            if (rows.Count > 0)
                await session.Execute( // primary key
                    $"{session.Dialect.InsertIgnore} into evaluator_reported(trigger_id, condition_id, rule, labels, external_id, fires, "
                    + $"started_at, reported_at, lease_until, title, severity, url, annotations, due_at, known_until, acknowledged) values {rows}",
                    null, ct);
            await session.Commit(ct);
            after = read.Count > 0 ? read[^1].TriggerId : after;
        } while (read.Count == RowsPerStatement);
    }

    static void Add(SqlRows rows, Rule rule, Row row)
    {
        var labels = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Labels)!;
        if (!rule.Watches(labels))
            return;
        var key = rule.KeyOf(labels);
        rows.Add(rule.TriggerId(key, row.ExternalId), row.ConditionId, rule.Name, JsonSerializer.Serialize(key), row.ExternalId, 1, row.StartedAt,
            row.ReportedAt, row.LeaseUntil, row.Title, row.Severity, row.Url, row.Annotations, 1, row.KnownUntil, row.Acknowledged);
    }

    sealed class Row
    {
        public Guid TriggerId { get; init; }
        public Guid ConditionId { get; init; }
        public string Labels { get; init; } = "{}";
        public string ExternalId { get; init; } = "";
        public long StartedAt { get; init; }
        public long ReportedAt { get; init; }
        public long? LeaseUntil { get; init; }
        public string? Title { get; init; }
        public string? Severity { get; init; }
        public string? Url { get; init; }
        public string? Annotations { get; init; }
        public long? KnownUntil { get; init; }
        public int? Acknowledged { get; init; }
    }
}
