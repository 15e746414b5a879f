using Sigma.Evaluator.Changes;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Retention;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Evaluator.Conditions.Counting;
using Sigma.Storage;

namespace Sigma.Evaluator.Queries;

/// <summary>How the evaluator judges a key, by its own statements.</summary>
public sealed class KeyQuery(Database database, RuleSet rules)
{
    /// <summary>How long events are kept, counted from the end of covered time.</summary>
    public static TimeSpan EventsKeptFor(RuleSet rules, EvaluatorOptions options) => Purge.Keeps(rules, options);

    /// <summary>The window of a rule's key that ends at a moment.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="key">The grouped labels.</param>
    /// <param name="at">The moment, as stored.</param>
    /// <param name="coveredTo">End of covered time, when the alert is raised and may be cleared; else null.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<KeyJudgement> Judge(Rule rule, IReadOnlyDictionary<string, string> key, long at, long? coveredTo, CancellationToken ct)
    {
        var trigger = rule.TriggerId(key);
        var limits = rule.LimitsOf(key);
        await using var session = await database.Begin(ct);
        var since = await RuleTable.CountsFrom(session, rule, ct);
        var crossing = (await WindowCount.ThresholdCrossings(session, [trigger], rule.Window, limits.Threshold, since, at - rule.Window + 1, at, ct))
            .SingleOrDefault();
        var judged = await TriggerTable.ClearedThrough(session, [trigger, .. rules.FormerTriggers(rule, key)], ct);
        var left = coveredTo is { } end
            ? (await WindowCount.RemainingCounts(session, [trigger], end - rule.Window, limits.ClearBelow, ct)).SingleOrDefault() : null;
        return new KeyJudgement(crossing is null ? null : new(crossing.At, crossing.Count), judged,
            left is null ? null : new(left.Count, left.LimitingEventAt))
        {
            RaiseAt = await PendingTable.RaiseAt(session, trigger, ct),
        };
    }
}

/// <summary>How a key is judged. Times as stored.</summary>
/// <param name="Reached">The latest instant in the window at which the count was at the threshold or above.</param>
/// <param name="JudgedThrough">Up to when earlier episodes were judged; 0 when there was none.</param>
/// <param name="Left">What the next look whether the alert is over finds.</param>
public sealed record KeyJudgement(ReachedThreshold? Reached, long JudgedThrough, EventsLeft? Left)
{
    /// <summary>When it is raised if it is so still, because its rule has hours or wants it to last; null when it does not wait.</summary>
    public long? RaiseAt { get; init; }
}

/// <summary>A threshold that was reached.</summary>
/// <param name="At">When, as stored.</param>
/// <param name="Count">Events then.</param>
public sealed record ReachedThreshold(long At, int Count);

/// <summary>What is left in a window.</summary>
/// <param name="Count">Events.</param>
/// <param name="LimitingEventAt">The oldest event without which the count would be below the clear limit, as stored.</param>
public sealed record EventsLeft(int Count, long? LimitingEventAt);
