using Sigma.Notifier.SelfMonitoring;
using Sigma.Storage;

namespace Sigma.Notifier.Queries;

/// <summary>What the notifier was told of how far sources are watched.</summary>
public sealed class WatchQuery(Database database)
{
    /// <summary>All sources that were reported on.</summary>
    public async Task<IReadOnlyList<ReportedSource>> All(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return [.. (await WatermarkTable.Known(session, ct)).Where(watched => watched.Source.Length > 0)
            .Select(watched => new ReportedSource(watched.Source, watched.Watermark, watched.BlindFrom))];
    }

    /// <summary>Up to when an evaluator has counted what was fetched; null when nobody has ever reported on the source.</summary>
    public async Task<long?> CountedUntil(string source, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await session.First<long?>("select counted_until from notifier_watermarks where source = @source", new { source }, ct); // primary key
    }
}

/// <summary>A source that was reported on. Times as stored.</summary>
/// <param name="Source">The source.</param>
/// <param name="Watermark">Up to when it is fetched without a gap, as last reported.</param>
/// <param name="BlindFrom">Since when people were told that it is not watched; null while it is.</param>
public sealed record ReportedSource(string Source, long? Watermark, long? BlindFrom);
