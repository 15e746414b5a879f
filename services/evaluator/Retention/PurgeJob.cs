using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Retention;

/// <summary>Takes away what no window needs any more, in small transactions. Time that is still being caught up with is left alone for up to two days.</summary>
[DisallowConcurrentExecution]
internal sealed class PurgeJob(Database database, CoverageLog coverage, RuleSet rules, IOptions<EvaluatorOptions> options, TimeProvider time, ILogger<PurgeJob> log) : IJob
{
    const int Batch = 1000;
    static readonly TimeSpan CatchUp = TimeSpan.FromDays(2);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        var keep = 2 * rules.LongestWindow;
        if (options.Value.KeepEvents is { } wanted && wanted > keep)
            keep = wanted;
        if (await Watermark(ct) is not { } watermark)
            return;
        var before = watermark - (long)keep.TotalMilliseconds;

        var purged = 0;
        purged += await Purge("evaluator_window", "occurred_at", before, ct);    // ix_evaluator_window_time
        purged += await Purge("evaluator_events", "occurred_at", before, ct);    // ix_evaluator_events_time
        purged += await Purge("evaluator_parts", "slice_to", before, ct);        // ix_evaluator_parts_time
        purged += await Purge("evaluator_cleared", "cleared_through", before, ct); // ix_evaluator_cleared_time
        // An occurrence may be excused long before the last of its events is fetched.
        purged += await Purge("evaluator_excused", "excused_at", before - (long)CatchUp.TotalMilliseconds, ct); // ix_evaluator_excused_time
        purged += await Purge("evaluator_coverage", "covered_to", before - (long)CatchUp.TotalMilliseconds, ct);
        if (purged > 0)
            log.LogInformation("Purged {Rows} rows older than {Before:O}", purged, before.ToTime());
    }

    /// <summary>Up to when every source is covered without a gap; null while one has not begun.</summary>
    async Task<long?> Watermark(CancellationToken ct)
    {
        var now = time.Milliseconds();
        var (watermark, patience) = (now, now - (long)CatchUp.TotalMilliseconds);
        foreach (var source in rules.All.Select(r => r.Source).Distinct())
        {
            if (await coverage.FirstGap(source, patience, ct) is not { } gap)
                return null;
            watermark = Math.Min(watermark, gap);
        }
        return Math.Max(watermark, patience);
    }

    async Task<int> Purge(string table, string column, long before, CancellationToken ct)
    {
        var total = 0;
        for (var deleted = Batch; deleted == Batch; total += deleted)
        {
            await using var session = await database.Begin(ct);
            deleted = await session.Execute(session.Dialect.DeleteOldest(table, column, Batch), new { before }, ct);
            await session.Commit(ct);
        }
        return total;
    }
}
