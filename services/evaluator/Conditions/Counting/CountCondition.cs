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
        var threshold = rule.LimitsOf(hint.Labels).Threshold;
        var judged = await TriggerTable.ClearedThrough(session, [hint.TriggerId, .. book.Now.FormerTriggers(rule, hint.Labels)], ct);
        var since = await RuleTable.CountsFrom(session, rule, ct);
        var from = Math.Max(hint.From.ToUnixTimeMilliseconds(), judged + 1);
        var found = await WindowCount.ThresholdCrossings(session, [hint.TriggerId], rule.Window, threshold, since, from,
            hint.To.ToUnixTimeMilliseconds(), ct);
        return found is not [var crossing] ? null : new Finding
        {
            Since = crossing.FirstEvent,
            What = $"{crossing.Count} events", More = $" within {TimeSpan.FromMilliseconds(rule.Window)}",
            Against = $"threshold {threshold}",
            Value = crossing.Count, Limit = threshold, Unit = "events",
            Counted = new(crossing.Count, threshold, crossing.WindowFrom, crossing.WindowTo, crossing.FirstEvent, crossing.WindowTo),
            ClearCheckAt = crossing.FirstEventAt + Kept(rule),
        };
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

    static async Task<long?> LastFullAt(DbSession session, Rule rule, Trigger trigger, int limit, long through, CancellationToken ct) => LastFullAt(
        await session.Query<long>( // primary key
            $"""
            select w.occurred_at {WindowCount.Counted} and w.trigger_id = x'{trigger.CorrelationId:N}'
              and w.occurred_at > {through - Kept(rule) - rule.Window} order by w.occurred_at
            """, null, ct), rule.Window, limit);
}
