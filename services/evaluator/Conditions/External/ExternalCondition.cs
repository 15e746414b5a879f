using System.Text.Json;
using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.External;

/// <summary>
/// Somebody else's monitoring says that something is wrong: one condition of the key that fires is enough, and all must be over, resolved or not
/// repeated in time, in time in which a repetition would have been taken in.
/// </summary>
internal sealed class ExternalCondition(TimeProvider time) : ICondition
{
    public string Kind => RuleKind.External;

    public string Keeps => "evaluator_reported";

    public async Task<Finding?> LookForRaise(DbSession session, Rule rule, RaiseHint hint, CancellationToken ct)
    {
        var reported = await ReportedTable.Of(session, hint.TriggerId, ct);
        var covered = await IntakeLog.Covered(session, rule.Source, ct);
        var held = (long)rule.Options.For.TotalMilliseconds;
        var firing = reported.FindAll(r => r.Fires && !IsOver(rule, r, covered));
        if (firing.Where(r => held == 0 || r.StartedAt + held <= time.Milliseconds()).MinBy(r => r.StartedAt) is not { } first)
        {
            if (firing.Count == 0)
                await ReportedTable.StopLooking(session, hint.TriggerId, ct);
            return null;
        }
        return Found(first, $"{firing.Count} reports") with
        {
            More = $", the first {first.ExternalId}", Severity = SeverityWords.Worst(firing.Select(r => r.Severity)),
            IsAcknowledged = firing.TrueForAll(r => r.IsAcknowledged),
        };
    }

    /// <summary>What a reported condition says.</summary>
    public static Finding Found(Reported reported, string what)
    {
        Dictionary<string, string> annotations = reported.Annotations is null
            ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(reported.Annotations)!;
        if (reported.Severity is { } severity)
            annotations.TryAdd("severity", severity);
        return new Finding
        {
            Since = reported.StartedAt.ToTime(), What = what, Against = "reported", Summary = reported.Title, Url = reported.Url,
            Annotations = annotations, Severity = reported.Severity,
        };
    }

    public async Task<Outlook> LookForClear(DbSession session, Rule rule, Trigger trigger, ClearHint hint, CancellationToken ct)
    {
        var reported = await ReportedTable.Of(session, trigger.CorrelationId, ct);
        var covered = await IntakeLog.Covered(session, rule.Source, ct);
        var keepFor = (long)rule.Options.KeepFor.TotalMilliseconds;
        // Without a wait times are not compared: the sender's clock, or the gateway's, may be ahead of ours.
        if (reported.Count == 0
            || reported.Exists(r => r.Fires ? !IsOver(rule, r, covered) : keepFor > 0 && r.ReportedAt + keepFor > time.Milliseconds()))
            return Outlook.Lasting(0);
        await ReportedTable.StopLooking(session, trigger.CorrelationId, ct);
        var expired = reported.Exists(r => r.Fires);
        return new Outlook
        {
            IsOver = true, Reason = expired ? ClearReason.Expired : ClearReason.Resolved,
            What = "the reports", More = expired ? " are not repeated" : " are resolved",
        };
    }

    public async Task<IReadOnlyList<Key>> TakeDue(DbSession session, Rule rule, CoveredRange covered, int most, CancellationToken ct) =>
        await ReportedTable.TakeDue(session, rule.Name, covered.To, most, ct);

    static bool IsOver(Rule rule, Reported reported, CoveredRange covered) =>
        Reported.EndsAt(rule, reported.ReportedAt, reported.LeaseUntil, covered.From) <= covered.To;
}
