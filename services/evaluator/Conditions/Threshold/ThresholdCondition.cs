using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Threshold;

/// <summary>
/// A measured value is beyond a limit. For how long, samples say: two that are so far apart, and none between that is not beyond it. A key may have
/// several series; one is enough to raise it, and all must be normal to clear it.
/// </summary>
internal sealed class ThresholdCondition : ICondition
{
    public string Kind => RuleKind.Threshold;

    public string Keeps => "evaluator_series";

    public async Task<Finding?> LookForRaise(DbSession session, Rule rule, RaiseHint hint, CancellationToken ct)
    {
        var series = await SeriesTable.Of(session, hint.TriggerId, ct);
        var limits = ValueLimits.Of(rule, hint.Labels);
        if (series.Where(s => IsWrong(rule, limits, s.State)).OrderByDescending(s => Math.Abs(s.State.Value - limits.Nearest(s.State.Value)))
            .FirstOrDefault() is { } worst)
            return Found(rule, limits, worst);
        if (rule.Options.NoData == WhenNoData.Keep)
            return null;
        var covered = await IntakeLog.Covered(session, rule.Source, ct);
        var silent = series.Find(s => HasNoData(rule, s.State, covered));
        if (silent is not null) // its next sample has it looked at again
            await SeriesTable.StopLooking(session, hint.TriggerId, covered.To - NoDataAfter(rule), ct);
        else if (rule.MayWait) // it had none once, and waited for the rule's hours: after a gap it has the whole time again
            await SeriesTable.LookAgain(session, hint.TriggerId, covered.From + NoDataAfter(rule), ct);
        return silent is null || rule.Options.NoData != WhenNoData.Raise ? null : new Finding
        {
            Since = silent.State.At.ToTime(), What = silent.Name, More = $" has no data since {silent.State.At.ToTime():u}",
            Against = $"limit {rule.Options.NoDataAfter}", Annotations = new Dictionary<string, string> { ["reason"] = "no-data" },
        };
    }

    public async Task<Outlook> LookForClear(DbSession session, Rule rule, Trigger trigger, ClearHint hint, CancellationToken ct)
    {
        var series = await SeriesTable.Of(session, trigger.CorrelationId, ct);
        var covered = await IntakeLog.Covered(session, rule.Source, ct);
        var gone = series.FindAll(s => HasNoData(rule, s.State, covered));
        var others = series.FindAll(s => !s.State.IsNormalFor((long)rule.Options.KeepFor.TotalMilliseconds));
        // A series without data: what is known of it still holds, or it is an alert itself, or the end of one.
        var isOver = rule.Options.NoData switch
        {
            WhenNoData.Clear => others.TrueForAll(gone.Contains),
            WhenNoData.Raise => others.Count == 0 && gone.Count == 0,
            _ => others.Count == 0,
        };
        if (series.Count == 0 || !isOver)
            return Outlook.Lasting(0);
        if (others.Count > 0)
            await SeriesTable.StopLooking(session, trigger.CorrelationId, covered.To - NoDataAfter(rule), ct);
        var newest = series.MaxBy(s => s.State.At)!;
        return new Outlook
        {
            IsOver = true, Reason = others.Count > 0 ? ClearReason.NoData : ClearReason.ValueNormal, Value = newest.State.Value,
            What = newest.Name, More = others.Count > 0 ? " has no data any more" : $" is {newest.State.Value}",
        };
    }

    public async Task<IReadOnlyList<Key>> TakeDue(DbSession session, Rule rule, CoveredRange covered, int most, CancellationToken ct) =>
        rule.Options.NoData == WhenNoData.Keep || covered.From + NoDataAfter(rule) > covered.To ? []
        : await SeriesTable.TakeDue(session, rule.Name, covered.To, most, ct);

    /// <summary>
    /// What was wrong with a series that is not any more, as it was last; null when that was not long enough, or not in the rule's hours.
    /// </summary>
    public static Finding? Missed(Rule rule, ValueLimits limits, SeriesOfKey series) => IsWrong(rule, limits, series.State)
        && (rule.Hours is null || rule.Hours.FirstFrom((series.State.BeyondSince!.Value + For(rule)).ToTime()) <= series.State.At.ToTime())
        ? Found(rule, limits, series) with { IsOver = true, More = $" was {series.State.Value} at {series.State.At.ToTime():u}" } : null;

    // The state is that of the rule as it was when the sample came, which may have been another.
    static bool IsWrong(Rule rule, ValueLimits limits, SeriesState state) => state.IsBeyondFor(For(rule)) && limits.IsBeyond(state.Value);

    static Finding Found(Rule rule, ValueLimits limits, SeriesOfKey series) => new()
    {
        Since = series.State.BeyondSince!.Value.ToTime(), What = series.Name, More = $" is {series.State.Value}",
        Against = limits.ToString(), Value = series.State.Value, Limit = limits.Nearest(series.State.Value), Unit = rule.Options.Unit,
    };

    /// <summary>When a series will have no data.</summary>
    public static long DueAt(Rule rule, SeriesState state) => state.At + NoDataAfter(rule);

    public static long For(Rule rule) => (long)rule.Options.For.TotalMilliseconds;

    static long NoDataAfter(Rule rule) => (long)rule.Options.NoDataAfter.TotalMilliseconds;

    static bool HasNoData(Rule rule, SeriesState state, CoveredRange covered) => Math.Max(state.At, covered.From) + NoDataAfter(rule) <= covered.To;
}
