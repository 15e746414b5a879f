using Dapper;

namespace Sigma.Storage.Queries;

/// <summary>What a service puts aside because it cannot be used, or not wholly. Each service names its table.</summary>
/// <param name="database">Where the table is.</param>
/// <param name="table">The table.</param>
/// <param name="used">Column or literal: 1 when the row was counted all the same.</param>
public sealed class MalformedRows(Database database, string table, string used)
{
    /// <summary>How many were put aside since a time, by source.</summary>
    public async Task<IReadOnlyList<MalformedCount>> Since(long since, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        // ix_…_seen (seen_at)
        var select = $"select source, {used} as used, reason, seen_at from {table} where seen_at >= @since";
        var counts = await session.Query<Row>(
            $"""
            select source Source, count(*) Number, sum(used) Used, max(seen_at) Newest from ({select}) odd group by source order by source
            """, new { since }, ct);
        List<MalformedCount> all = [];
        foreach (var row in counts)
            all.Add(new(row.Source, row.Number, (long)row.Used, row.Newest, await session.First<string>(
                $"select reason from ({select}) odd where source = @Source order by seen_at desc limit 1", new { since, row.Source }, ct) ?? "?"));
        return all;
    }

    /// <summary>Those of an account up to a time, and of those whose account cannot be read the ones near it; the newest first.</summary>
    public async Task<IReadOnlyList<MalformedRow>> Of(string source, string account, long from, long at, int most, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        return (await connection.QueryAsync<MalformedRow>(new CommandDefinition( // no index: what is put aside is bounded to some thousands
            $"""
            select slice_from SliceFrom, slice_to SliceTo, reason Reason, {used} as Used, account Account, raw Raw, seen_at SeenAt from {table}
            where source = @source and slice_from <= @at and (account = @account or (account is null and slice_to >= @from))
            order by seen_at desc limit {most}
            """, new { source, account, at, from }, cancellationToken: ct))).AsList();
    }

    sealed class Row
    {
        public string Source { get; init; } = "";
        public long Number { get; init; }
        public decimal Used { get; init; }
        public long Newest { get; init; }
    }
}

/// <summary>What was put aside of a source. Times as stored.</summary>
/// <param name="Source">The source.</param>
/// <param name="Number">How many.</param>
/// <param name="Used">How many of them were counted all the same.</param>
/// <param name="Newest">When the newest was seen.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record MalformedCount(string Source, long Number, long Used, long Newest, string Reason);

/// <summary>A record or an event that was put aside, or counted without what was odd about it. Times as stored.</summary>
public sealed class MalformedRow
{
    /// <summary>Start of its slice.</summary>
    public long SliceFrom { get; init; }

    /// <summary>End of its slice.</summary>
    public long SliceTo { get; init; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Above 0 when it was counted all the same.</summary>
    public long Used { get; init; }

    /// <summary>The account, where it can be read.</summary>
    public string? Account { get; init; }

    /// <summary>What came.</summary>
    public string Raw { get; init; } = "";

    /// <summary>When it was put aside.</summary>
    public long SeenAt { get; init; }
}
