using Sigma.Contracts;
using Sigma.Evaluator.Changes;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>Too many events in a window. An excess that an earlier episode has covered is none.</summary>
internal sealed class CountCondition(RuleBook book) : ICondition
{
    public string Kind => RuleKind.Count;

    public async Task<Finding?> LookForRaise(DbSession session, Rule rule, RaiseHint hint, CancellationToken ct)
    {
        if (!rule.MayWait)
            return await LookForUpdate(session, rule, hint, ct);
        var threshold = rule.LimitsOf(hint.Labels).Threshold;
        var (since, from, judged) = await From(session, rule, hint, ct);
        var times = await Times(session, hint.TriggerId, Math.Max(since, RaiseMoment.LooksBackFrom(rule, from)), ct);
        if (RaiseMoment.First(times, rule, threshold, from, judged) is not { } moment)
            return null;
        // A window that ends at an event holds all that one which ends after it does.
        var newest = RaiseMoment.CountThrough(times, moment) - 1;
        var oldest = RaiseMoment.CountThrough(times, times[newest] - rule.Window);
        return Of(new ThresholdCrossing(hint.TriggerId, newest - oldest + 1, times[newest], times[oldest], rule.Window), rule, threshold) with
        {
            RaiseAt = moment.ToTime(),
        };
    }

    public async Task<Finding?> LookForUpdate(DbSession session, Rule rule, RaiseHint hint, CancellationToken ct)
    {
        var threshold = rule.LimitsOf(hint.Labels).Threshold;
        var (since, from, _) = await From(session, rule, hint, ct);
        var found = await WindowCount.ThresholdCrossings(session, [hint.TriggerId], rule.Window, threshold, since, from,
            hint.To.ToUnixTimeMilliseconds(), ct);
        return found is [var crossing] ? Of(crossing, rule, threshold) : null;
    }

    public async Task<Outlook> LookForClear(DbSession session, Rule rule, Trigger trigger, ClearHint hint, CancellationToken ct)
    {
        var through = hint.Through.ToUnixTimeMilliseconds();
        var clearBelow = rule.LimitsOf(trigger.Labels).ClearBelow;
        // What came after the covered time counts too: it can only keep the alert.
        var left = (await WindowCount.RemainingCounts(session, [trigger.CorrelationId], through - rule.Window, clearBelow, ct)).SingleOrDefault();
        if (left?.LimitingEventAt is { } limiting)
            return Outlook.Lasting(limiting + Kept(rule));
        if (rule.Options.KeepFor > TimeSpan.Zero && await LastFullAt(session, rule, trigger, clearBelow, through, ct) is { } full
            && full + Kept(rule) - rule.Window > through)
            return Outlook.Lasting(full + Kept(rule) - rule.Window);
        var count = left?.Count ?? 0;
        return new Outlook
        {
            IsOver = true, Reason = ClearReason.VolumeNormal, What = $"{count} events", More = " are left", Count = count,
            Value = count, JudgedThrough = through,
        };
    }

    /// <summary>The window, and how long the count must have been below the clear limit.</summary>
    public static long Kept(Rule rule) => rule.Window + (long)rule.Options.KeepFor.TotalMilliseconds;

    /// <summary>Until when a window last held <paramref name="limit"/> of these events; null when none did. Times in order.</summary>
    internal static long? LastFullAt(IReadOnlyList<long> times, long window, int limit)
    {
        for (var newest = times.Count - 1; newest >= limit - 1; newest--)
            if (times[newest] - times[newest - limit + 1] < window)
                return times[newest - limit + 1] + window;
        return null;
    }

    async Task<(long Since, long From, long Judged)> From(DbSession session, Rule rule, RaiseHint hint, CancellationToken ct)
    {
        var judged = await TriggerTable.ClearedThrough(session, [hint.TriggerId, .. book.Now.FormerTriggers(rule, hint.Labels)], ct);
        return (await RuleTable.CountsFrom(session, rule, ct), Math.Max(hint.From.ToUnixTimeMilliseconds(), judged + 1), judged);
    }

    static Finding Of(ThresholdCrossing crossing, Rule rule, int threshold) => new()
    {
        Since = crossing.FirstEvent,
        What = $"{crossing.Count} events", More = $" within {TimeSpan.FromMilliseconds(rule.Window)}",
        Against = $"threshold {threshold}",
        Value = crossing.Count, Limit = threshold, Unit = "events",
        Counted = new(crossing.Count, threshold, crossing.WindowFrom, crossing.WindowTo, crossing.FirstEvent, crossing.WindowTo),
        ClearCheckAt = crossing.FirstEventAt + Kept(rule),
    };

    static async Task<long?> LastFullAt(DbSession session, Rule rule, Trigger trigger, int limit, long through, CancellationToken ct) =>
        LastFullAt(await Times(session, trigger.CorrelationId, through - Kept(rule) - rule.Window, ct), rule.Window, limit);

    static Task<List<long>> Times(DbSession session, Guid trigger, long after, CancellationToken ct) => session.Query<long>( // primary key
        $"select w.occurred_at {WindowCount.Counted} and w.trigger_id = x'{trigger:N}' and w.occurred_at > {after} order by w.occurred_at", null, ct);
}
