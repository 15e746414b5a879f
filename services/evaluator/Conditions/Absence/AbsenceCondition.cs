using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Absence;

/// <summary>
/// Nothing is heard of a key for too long, in time in which its news would have been taken in; or it says itself that it fails. After a gap in the
/// covered time everybody has the whole time again to be heard.
/// </summary>
internal sealed class AbsenceCondition(TimeProvider time) : ICondition
{
    public string Kind => RuleKind.Absence;

    public string Keeps => "evaluator_heard";

    public async Task<Finding?> LookForRaise(DbSession session, Rule rule, RaiseHint hint, CancellationToken ct)
    {
        if (await HeardTable.Find(session, hint.TriggerId, ct) is not { } heard)
            return null;
        var covered = await IntakeLog.Covered(session, rule.Source, ct);
        if (IsForgotten(rule, heard.At, covered))
        {
            await Forget(session, hint.TriggerId, ct);
            return null;
        }
        var silentAt = SilentAt(rule, hint.Labels, heard.At, covered);
        if (heard.Fails ? heard.At + For(rule) > time.Milliseconds() : silentAt > covered.To)
        {
            // It was silent once, and waited for the rule's hours: after a gap it has the whole time again.
            if (rule.MayWait && !heard.Fails)
                await HeardTable.SetDue(session, [hint.TriggerId], silentAt, ct);
            return null;
        }
        // Its next beat has it looked at again, or that it is forgotten.
        await HeardTable.SetDue(session, [hint.TriggerId], heard.At + HeardTable.ForgetAfter(rule), ct);
        var after = HeardTable.After(rule, hint.Labels);
        var silent = Math.Max(0, covered.To - heard.At) / 1000; // whole seconds
        return new Finding
        {
            Since = heard.At.ToTime(),
            What = heard.Fails ? "a failure" : "no news", More = $" since {heard.At.ToTime():u}",
            Against = $"limit {TimeSpan.FromMilliseconds(after)}",
            Summary = heard.Fails ? heard.Said : null,
            Value = heard.Fails ? null : silent, Limit = heard.Fails ? null : after / 1000, Unit = heard.Fails ? null : "s",
        };
    }

    public async Task<Outlook> LookForClear(DbSession session, Rule rule, Trigger trigger, ClearHint hint, CancellationToken ct)
    {
        var covered = await IntakeLog.Covered(session, rule.Source, ct);
        var heard = await HeardTable.Find(session, trigger.CorrelationId, ct);
        if (heard is not null && IsForgotten(rule, heard.At, covered))
        {
            await Forget(session, trigger.CorrelationId, ct);
            return new Outlook
            {
                IsOver = true, Reason = ClearReason.Expired, What = "the key", More = $" is forgotten, last heard at {heard.At.ToTime():u}",
            };
        }
        var isHeard = heard is { Fails: false } && heard.At + HeardTable.After(rule, trigger.Labels) > covered.To
            && heard.At - heard.Since >= (long)rule.Options.KeepFor.TotalMilliseconds;
        return !isHeard ? Outlook.Lasting(0) : new Outlook
        {
            IsOver = true, Reason = ClearReason.HeardAgain, What = "news", More = $" at {heard!.At.ToTime():u}",
        };
    }

    public async Task<IReadOnlyList<Key>> TakeDue(DbSession session, Rule rule, CoveredRange covered, int most, CancellationToken ct)
    {
        if (covered.From + HeardTable.ShortestAfter(rule) + For(rule) > covered.To)
            return []; // nobody can be silent yet
        var due = await HeardTable.Due(session, rule.Name, covered.To, most, ct);
        var silent = due.ToLookup(d => d.Fails ? 0 : SilentAt(rule, d.Key.Labels, d.At, covered));
        foreach (var alike in silent)
            await HeardTable.SetDue(session, alike.Select(d => d.Key.TriggerId), alike.Key <= covered.To ? covered.To + DueSweep.Again : alike.Key,
                ct);
        return [.. silent.Where(alike => alike.Key <= covered.To).SelectMany(alike => alike.Select(d => d.Key))];
    }

    // Whatever gaps there were: it was found silent long ago, or nobody waits for it.
    static bool IsForgotten(Rule rule, long heardAt, CoveredRange covered) => heardAt + HeardTable.ForgetAfter(rule) <= covered.To;

    static Task Forget(DbSession session, Guid trigger, CancellationToken ct) => session.Execute( // primary key
        $"delete from evaluator_heard where trigger_id = x'{trigger:N}'", null, ct);

    static long SilentAt(Rule rule, IReadOnlyDictionary<string, string> key, long heardAt, CoveredRange covered) =>
        Math.Max(heardAt, covered.From) + HeardTable.After(rule, key) + For(rule);

    static long For(Rule rule) => (long)rule.Options.For.TotalMilliseconds;
}
