using Sigma.Storage;

namespace Sigma.Fetcher.Queries;

/// <summary>How far a source is fetched, as the fetcher's tables say.</summary>
public sealed class SourceQuery(Database database)
{
    /// <summary>Whether a fetcher of this version has made its tables.</summary>
    public async Task<bool> Exists(CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        return await database.Dialect.HasColumn(connection, "fetcher_sources", "clock_ahead", ct);
    }

    /// <summary>Null when no fetcher has worked on the source.</summary>
    public async Task<SourceProgress?> Of(string source, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var row = await session.First<Row>( // primary key
            "select watermark Watermark, polled_at PolledAt, stopped Stopped, clock_ahead ClockAhead from fetcher_sources where source = @source",
            new { source }, ct);
        if (row is null)
            return null;
        var failed = await session.First<string?>( // ix_fetcher_slices_state
            "select reason from fetcher_slices where source = @source and state = 'failed' order by slice_from limit 1", new { source }, ct);
        return new SourceProgress(row.Watermark, row.PolledAt, row.Stopped, row.ClockAhead, failed);
    }

    sealed class Row
    {
        public long Watermark { get; init; }
        public long? PolledAt { get; init; }
        public string? Stopped { get; init; }
        public long ClockAhead { get; init; }
    }
}

/// <summary>How far a source is fetched. Times as stored.</summary>
/// <param name="Watermark">Up to when there is no gap, in the source's own time; 0 before anything was published.</param>
/// <param name="PolledAt">When the last poll ended.</param>
/// <param name="Stopped">Why that poll ended before its work was done.</param>
/// <param name="ClockAhead">How much the source's clock is ahead, in milliseconds.</param>
/// <param name="Failed">Why the oldest failed slice has failed; null when there is none.</param>
public sealed record SourceProgress(long Watermark, long? PolledAt, string? Stopped, long ClockAhead, string? Failed);
