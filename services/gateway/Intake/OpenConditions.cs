using System.Text.Json;
using Sigma.Storage;

namespace Sigma.Gateway.Intake;

/// <summary>The conditions that senders have spoken of. Times are milliseconds since 1970.</summary>
internal static class OpenConditions
{
    const int RowsPerStatement = 200;

    /// <summary>Those that are there, locked until the transaction ends.</summary>
    public static async Task<Dictionary<Guid, OpenCondition>> Lock(DbSession session, IEnumerable<Guid> ids, CancellationToken ct)
    {
        Dictionary<Guid, OpenCondition> found = [];
        foreach (var some in ids.Distinct().Order().Chunk(RowsPerStatement)) // every gateway in the same order
            foreach (var row in await session.Query<Row>( // primary key
                $"""
                select id Id, integration Integration, external_id ExternalId, labels Labels, severity Severity, opened Opened, started_at StartedAt,
                  reported_at ReportedAt, ended_at EndedAt, lease_until LeaseUntil
                from gateway_open where id in ({some.Literals()}) order by id {session.Dialect.ForUpdate}
                """, null, ct))
                found.Add(row.Id, row.Condition);
        return found;
    }

    /// <summary>Writes them. False when another gateway has added one of the new ones at this moment: what was decided does not hold.</summary>
    public static async Task<bool> Store(DbSession session, IReadOnlySet<Guid> known, IEnumerable<OpenCondition> changed, CancellationToken ct)
    {
        var d = session.Dialect;
        foreach (var some in changed.OrderBy(condition => condition.Id).GroupBy(condition => known.Contains(condition.Id))
            .SelectMany(same => same.Chunk(RowsPerStatement)))
        {
            using SqlRows rows = new(d);
            foreach (var c in some)
                rows.Add(c.Id, c.Integration, c.ExternalId, JsonSerializer.Serialize(c.Labels), c.Severity, c.Opened ? 1 : 0, c.StartedAt,
                    c.ReportedAt, c.EndedAt, c.LeaseUntil);
            const string Into =
                "into gateway_open(id, integration, external_id, labels, severity, opened, started_at, reported_at, ended_at, lease_until)";
            if (!known.Contains(some[0].Id))
            {
                if (await session.Execute($"{d.InsertIgnore} {Into} values {rows}", null, ct) < some.Length)
                    return false;
            }
            else
                await session.Execute( // primary key
                    $"insert {Into} values {rows} " + d.OnConflictUpdate("id", "labels", "severity", "opened", "started_at", "reported_at",
                        "ended_at", "lease_until"), null, ct);
        }
        return true;
    }

    sealed class Row
    {
        public Guid Id { get; init; }
        public string Integration { get; init; } = "";
        public string ExternalId { get; init; } = "";
        public string Labels { get; init; } = "";
        public string? Severity { get; init; }
        public int Opened { get; init; }
        public long StartedAt { get; init; }
        public long ReportedAt { get; init; }
        public long? EndedAt { get; init; }
        public long? LeaseUntil { get; init; }

        public OpenCondition Condition => new()
        {
            Id = Id, Integration = Integration, ExternalId = ExternalId, Severity = Severity, Opened = Opened == 1, StartedAt = StartedAt,
            ReportedAt = ReportedAt, EndedAt = EndedAt, LeaseUntil = LeaseUntil,
            Labels = JsonSerializer.Deserialize<Dictionary<string, string>>(Labels)!,
        };
    }
}
