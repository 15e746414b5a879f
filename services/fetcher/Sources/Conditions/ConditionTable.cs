using System.Text.Json;
using Sigma.Storage;

namespace Sigma.Fetcher.Sources.Conditions;

/// <summary>The conditions of sources, as stored.</summary>
internal static class ConditionTable
{
    const int RowsPerStatement = 200, MostShown = 200;

    const string Columns =
        """
        condition_id Id, external_id ExternalId, fires Fires, labels Labels, severity Severity, title Title, url Url, started_at StartedAt,
          ended_at EndedAt, reported_at ReportedAt, seen_at SeenAt, as_of AsOf, fingerprint Fingerprint
        """;

    /// <summary>All that is kept of a source's.</summary>
    public static async Task<List<KnownCondition>> Of(DbSession session, string source, CancellationToken ct) =>
        (await session.Query<Row>( // primary key
            $"select {Columns} from fetcher_conditions where source = @source", new { source }, ct)).ConvertAll(row => row.Condition);

    /// <summary>Those that last, of all sources, the newest first.</summary>
    public static async Task<List<(string Source, KnownCondition Condition)>> Lasting(DbSession session, string? source, CancellationToken ct) =>
        (await session.Query<Row>( // primary key; without a source all rows, which are few
            $"select source Source, {Columns} from fetcher_conditions where fires = 1 {(source is null ? "" : "and source = @source")} "
                + $"order by reported_at desc limit {MostShown * 5}", new { source }, ct))
            .ConvertAll(row => (row.Source, row.Condition));

    public static async Task Save(DbSession session, string source, IReadOnlyCollection<KnownCondition> conditions, CancellationToken ct)
    {
        foreach (var some in conditions.OrderBy(condition => condition.Id).Chunk(RowsPerStatement))
        {
            using SqlRows rows = new(session.Dialect);
            foreach (var c in some)
                rows.Add(source, c.Id, c.ExternalId, c.Fires ? 1 : 0, JsonSerializer.Serialize(c.Labels, JsonSerializerOptions.Default), c.Severity,
                    c.Title, c.Url, c.StartedAt?.ToUnixTimeMilliseconds(), c.EndedAt?.ToUnixTimeMilliseconds(),
                    c.ReportedAt.ToUnixTimeMilliseconds(), c.SeenAt.ToUnixTimeMilliseconds(), c.AsOf?.ToUnixTimeMilliseconds(), c.Fingerprint);
            await session.Execute( // primary key
                "insert into fetcher_conditions(source, condition_id, external_id, fires, labels, severity, title, url, started_at, ended_at, "
                    + $"reported_at, seen_at, as_of, fingerprint) values {rows} "
                    + session.Dialect.OnConflictUpdate("source, condition_id", "fires", "labels", "severity", "title", "url", "started_at",
                        "ended_at", "reported_at", "seen_at", "as_of", "fingerprint"), null, ct);
        }
    }

    sealed class Row
    {
        public string Source { get; init; } = "";
        public Guid Id { get; init; }
        public string ExternalId { get; init; } = "";
        public int Fires { get; init; }
        public string Labels { get; init; } = "{}";
        public string? Severity { get; init; }
        public string? Title { get; init; }
        public string? Url { get; init; }
        public long? StartedAt { get; init; }
        public long? EndedAt { get; init; }
        public long ReportedAt { get; init; }
        public long SeenAt { get; init; }
        public long? AsOf { get; init; }
        public Guid Fingerprint { get; init; }

        public KnownCondition Condition => new()
        {
            Id = Id, ExternalId = ExternalId, Fires = Fires == 1, Severity = Severity, Title = Title, Url = Url,
            Labels = JsonSerializer.Deserialize<Dictionary<string, string>>(Labels) ?? [],
            StartedAt = StartedAt?.ToTime(), EndedAt = EndedAt?.ToTime(), ReportedAt = ReportedAt.ToTime(), SeenAt = SeenAt.ToTime(),
            AsOf = AsOf?.ToTime(), Fingerprint = Fingerprint,
        };
    }
}
