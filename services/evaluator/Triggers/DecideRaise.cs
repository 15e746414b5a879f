using System.Diagnostics;
using MassTransit;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Rules;
using Sigma.Hosting.Telemetry;
using Sigma.Storage;

namespace Sigma.Evaluator.Triggers;

/// <summary>Asks the rule's condition inside the trigger's transaction and begins the episode when it has found something.</summary>
internal sealed class DecideRaise(DbSession session, RuleBook book, ConditionSet conditions, TimeProvider time, ILogger<DecideRaise> log)
    : IStateMachineActivity<Trigger, RaiseHint>
{
    public async Task Execute(BehaviorContext<Trigger, RaiseHint> context, IBehavior<Trigger, RaiseHint> next)
    {
        await Decide(context.Saga, context.Message, context.CancellationToken);
        await next.Execute(context);
    }

    async Task Decide(Trigger trigger, RaiseHint hint, CancellationToken ct)
    {
        var rules = await book.Current(session, ct);
        if (rules.Find(hint.Rule) is not { } rule || !rules.IsTriggerOf(rule, trigger.CorrelationId, hint.Labels))
            return; // a hint of another time, or of an evaluator with other rules
        using var activity = EvaluatorTelemetry.Source.StartActivity("trigger");
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("sigma.rule", rule.Name).SetTag("sigma.source", hint.Source).SetTag("sigma.key", hint.Labels.Key());
        if (await TriggerTable.AnyRaised(session, rules.FormerTriggers(rule, hint.Labels, trigger.CorrelationId), ct))
            return; // raised under a name the rule had before: that alert is about to be carried on
        var condition = conditions.Of(rule);
        trigger.Finding = await Unclosed(trigger, await condition.LookForRaise(session, rule, hint, ct), ct);
        var missed = condition.Keeps is null ? null
            : await Unclosed(trigger, await PendingTable.TakeMissed(session, trigger.CorrelationId, ct), ct);
        if (rule.MayWait)
            await WaitForItsTime(trigger, rule, ct);
        trigger.Finding ??= missed;
        activity?.SetTag("sigma.raised", trigger.Finding is not null);
        if (trigger.Finding is { } finding)
            Begin(trigger, rule, finding, activity);
    }

    // A person may have closed it: what began before that counts no more. Of counted events the condition knows it one by one.
    async Task<Finding?> Unclosed(Trigger trigger, Finding? found, CancellationToken ct) => found is { Counted: null }
        && found.Since.ToUnixTimeMilliseconds() <= await TriggerTable.ClearedThrough(session, [trigger.CorrelationId], ct) ? null : found;

    // Outside the rule's hours nothing is raised, and what must last a while only then. When it may be is kept: nobody may come to say it again.
    async Task WaitForItsTime(Trigger trigger, Rule rule, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (trigger.Finding is { } found && (found.RaiseAt ?? rule.Hours?.FirstFrom(now)) is { } raiseAt && raiseAt > now)
        {
            await PendingTable.Put(session, new Key(trigger.CorrelationId, trigger.Labels), rule.Name, raiseAt.ToUnixTimeMilliseconds(),
                now.ToUnixTimeMilliseconds(), ct);
            trigger.Finding = null;
        }
        else
            await PendingTable.Remove(session, trigger.CorrelationId, ct);
    }

    void Begin(Trigger trigger, Rule rule, Finding finding, Activity? activity)
    {
        trigger.Kind = rule.Kind;
        trigger.RuleRevision = rule.Revision;
        trigger.Shadow = rule.IsShadow;
        trigger.Severity = rule.SeverityOf(finding);
        trigger.Category = rule.Options.Category;
        trigger.Count = finding.Counted?.Count;
        trigger.Threshold = finding.Counted?.Threshold;
        trigger.Value = finding.Value;
        trigger.Limit = finding.Limit;
        trigger.Unit = finding.Unit;
        trigger.Annotations = Words.Annotations(rule, finding);
        trigger.Summary = Words.Summary(rule, trigger.Labels, finding);
        trigger.Url = finding.Url ?? rule.Options.Runbook;
        trigger.AlertId = Guid.CreateVersion7();
        trigger.RaisedAt = time.GetUtcNow();
        trigger.LastTold = trigger.RaisedAt.ToUnixTimeMilliseconds();
        trigger.ClearCheckAt = finding.ClearCheckAt;
        trigger.IsAcknowledgedThere = finding.IsAcknowledged && !rule.IsShadow;
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("sigma.count", finding.Counted?.Count).SetTag("sigma.threshold", finding.Counted?.Threshold)
                .SetTag("sigma.alert_id", trigger.AlertId.ToString());
        if (!rule.IsOfDrills && !rule.IsShadow)
            EvaluatorTelemetry.AlertsRaised.Add(1, new KeyValuePair<string, object?>("rule", rule.Name));
        log.Log(rule.IsOfDrills || rule.IsShadow ? LogLevel.Information : LogLevel.Warning,
            (rule.IsShadow ? "In the shadow: raised" : "Raised") + " {AlertId}: {What} of {Key}{More}, rule {Rule} of {Source}, {Against}",
            trigger.AlertId, finding.What, trigger.Labels.Key(), finding.More, rule.Name, trigger.Source, finding.Against);
    }

    public Task Faulted<TException>(BehaviorExceptionContext<Trigger, RaiseHint, TException> context, IBehavior<Trigger, RaiseHint> next)
        where TException : Exception => next.Faulted(context);

    public void Probe(ProbeContext context) => context.CreateScope("look-for-excess");
    public void Accept(StateMachineVisitor visitor) => visitor.Visit(this);
}
