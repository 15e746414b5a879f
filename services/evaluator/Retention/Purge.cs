using Microsoft.Extensions.Options;
using Quartz;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Life;
using Sigma.Evaluator.Rules;
using Sigma.Hosting.Schedule;
using Sigma.Storage;
using Sigma.Storage.Retention;

namespace Sigma.Evaluator.Retention;

/// <summary>Takes away what no window needs any more. Time that is still being caught up with is left alone for up to two days.</summary>
[DisallowConcurrentExecution]
internal sealed class Purge(OldRows rows, CoverageLog coverage, RuleBook book, ConditionSet conditions, Database database,
    IOptions<EvaluatorOptions> options, IHostApplicationLifetime host, ILogger<Purge> log)
    : RepeatedJob("Old rows cannot be deleted", host, log)
{
    // A fetcher looks again at time that is up to some hours old: an event that was forgotten would count anew.
    static readonly TimeSpan CatchUp = TimeSpan.FromDays(2), KeepOddEvents = TimeSpan.FromDays(30), FetchedAgainWithin = TimeSpan.FromHours(4),
        KeepOpenSlices = TimeSpan.FromDays(1), KeepQuietNews = TimeSpan.FromDays(30);

    public override async Task Run(CancellationToken ct)
    {
        var rules = await book.Refresh(database, ct);
        await PurgeNews(rules, ct);
        if (await Watermark(rules, ct) is not { } watermark)
            return;
        var before = watermark - (long)Keeps(rules, options.Value).TotalMilliseconds;
        // An occurrence may be excused long before the last of its events is fetched.
        var longBefore = before - (long)CatchUp.TotalMilliseconds;

        var purged = await rows.Delete("evaluator_window", "occurred_at", before, ct)   // ix_evaluator_window_time
            + await rows.Delete("evaluator_occurrences", "last_at", before, ct)         // ix_evaluator_occurrences_time
            + await rows.Delete("evaluator_events", "occurred_at", before, ct)          // ix_evaluator_events_time
            + await rows.Delete("evaluator_parts", "slice_to", before, ct)              // ix_evaluator_parts_time
            + await rows.Delete("evaluator_cleared", "cleared_through", before, ct)     // ix_evaluator_cleared_time
            + await rows.Delete("evaluator_excused", "excused_at", longBefore, ct)      // ix_evaluator_excused_time
            // ix_evaluator_alert_notes_time
            + await rows.Delete("evaluator_alert_notes", "done_at", watermark - (long)AlertNotes.Kept.TotalMilliseconds, ct)
            // ix_evaluator_odd_events_seen
            + await rows.Delete("evaluator_odd_events", "seen_at", watermark - (long)KeepOddEvents.TotalMilliseconds, ct)
            + await rows.Delete<long>( // as many rows as there are gaps; the stretch at 0 is the one CoverageLog locks
                "select covered_from from evaluator_coverage where covered_to > 0 and covered_to < @before order by covered_from",
                new { before = longBefore },
                from =>
                    $"delete from evaluator_coverage where covered_from in ({string.Join(',', from)}) and covered_to > 0 and covered_to < @before",
                ct);
        if (purged > 0)
            log.LogDebug("Purged {Rows} rows older than {Before:O}", purged, before.ToTime());
    }

    // By the end of the time in which news was taken in, which stands still when nothing comes.
    async Task PurgeNews(RuleSet rules, CancellationToken ct)
    {
        foreach (var table in conditions.Tables)
            if (await Gone(rules, table, ct) is { Count: > 0 } names)
                await rows.Delete<Guid>($"select distinct trigger_id from {table} where rule in @names", new { names }, // an index begins with rule
                    keys => $"delete from {table} where trigger_id in ({keys.Literals()}) and rule in @names", ct);
        if (await coverage.Covered(IntakeLog.Source, ct) is not { } taken)
            return;
        var day = taken.To - (long)KeepOpenSlices.TotalMilliseconds;
        await rows.Delete("evaluator_intake", "slice_from", day, ct);             // ix_evaluator_intake_time
        await rows.Delete("evaluator_intake_parts", "slice_from", day, ct);       // ix_evaluator_intake_parts_time
        // As many rows as there are series and conditions, read whole: an index would cost each sample.
        var before = taken.To - (long)KeepQuietNews.TotalMilliseconds;
        await rows.Delete<(Guid Trigger, Guid Id)>("select trigger_id, series_id from evaluator_series where measured_at < @before",
            new { before }, keys => $"delete from evaluator_series where ({Pairs("series_id", keys)}) and measured_at < @before", ct);
        await rows.Delete<(Guid Trigger, Guid Id)>(
            "select trigger_id, condition_id from evaluator_reported where fires = 0 and reported_at < @before", new { before },
            keys => $"delete from evaluator_reported where ({Pairs("condition_id", keys)}) and fires = 0 and reported_at < @before", ct);
    }

    async Task<List<string>> Gone(RuleSet rules, string table, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return (await KeptRules.In(session, table, ct)).FindAll(name => !rules.Keeps(name));
    }

    static string Pairs(string column, IEnumerable<(Guid Trigger, Guid Id)> keys) =>
        string.Join(" or ", keys.Select(key => $"(trigger_id = x'{key.Trigger:N}' and {column} = x'{key.Id:N}')"));

    /// <summary>How long events are kept, counted from the end of covered time.</summary>
    public static TimeSpan Keeps(RuleSet rules, EvaluatorOptions options) =>
        new[]
        {
            options.KeepEvents ?? TimeSpan.Zero, 2 * rules.LongestWindow + rules.LongestKeepFor, 2 * rules.LongestWindow + rules.LongestFor,
            FetchedAgainWithin,
        }.Max();

    /// <summary>
    /// Up to when every source is covered without a gap; null while one has not begun. Only covered time counts: by a clock that is ahead, all that
    /// the windows need would be old.
    /// </summary>
    async Task<long?> Watermark(RuleSet rules, CancellationToken ct)
    {
        // Where no gateway has begun there are no lines to wait for.
        List<string> sources = [.. rules.Counting.Where(r => r.Lines is null).Select(r => r.Source).Distinct()];
        if (rules.Counting.Any(r => r.Lines is not null) && await coverage.Covered(IntakeLog.Source, ct) is not null)
            sources.Add(IntakeLog.Source);
        var newest = 0L;
        foreach (var source in sources)
            newest = Math.Max(newest, (await coverage.Covered(source, ct))?.To ?? 0);
        var watermark = newest;
        var patience = newest - (long)CatchUp.TotalMilliseconds;
        foreach (var source in sources)
        {
            if (await coverage.FirstGap(source, patience, ct) is not { } gap)
                return null;
            watermark = Math.Min(watermark, gap);
        }
        return Math.Max(watermark, patience);
    }
}
