using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Changes;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Conditions;
using Sigma.Hosting.Telemetry;
using Sigma.Storage;

namespace Sigma.Evaluator.Triggers;

/// <summary>Asks the rule's condition with the trigger's row locked and ends the episode when all is normal again.</summary>
internal sealed class DecideClear(DbSession session, RuleBook book, ConditionSet conditions, RulesInForce inForce, TimeProvider time,
    ILogger<DecideClear> log)
    : IStateMachineActivity<Trigger, ClearHint>
{
    public async Task Execute(BehaviorContext<Trigger, ClearHint> context, IBehavior<Trigger, ClearHint> next)
    {
        await Decide(context.Saga, context.Message, context.CancellationToken);
        await next.Execute(context);
    }

    async Task Decide(Trigger trigger, ClearHint hint, CancellationToken ct)
    {
        using var activity = EvaluatorTelemetry.Source.StartActivity("trigger");
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("sigma.rule", trigger.Rule).SetTag("sigma.source", trigger.Source).SetTag("sigma.key", trigger.Labels.Key())
                .SetTag("sigma.alert_id", trigger.AlertId.ToString());
        var rules = await book.Current(session, ct);
        if (rules.IsUnreadable(trigger.Rule))
            return; // of a newer version, whose evaluators decide on it
        var rule = rules.Find(trigger.Rule);
        var isItsTrigger = rule is not null && rules.IsTriggerOf(rule, trigger);
        // Of a rule that went there is nothing to ask, and where it is still there the hint is an evaluator's with other settings.
        if (isItsTrigger == ClearReason.IsOfRule(hint.Reason))
            return;
        Outlook? outlook = null;
        if (isItsTrigger)
        {
            if (!inForce.Includes(rule!))
                return; // it stays due
            trigger.RuleRevision = rule!.Revision;
            outlook = await conditions.Of(rule!).LookForClear(session, rule!, trigger, hint, ct);
            activity?.SetTag("sigma.cleared", outlook.IsOver);
            if (!outlook.IsOver)
            {
                trigger.ClearCheckAt = outlook.ClearCheckAt;
                return;
            }
            trigger.ClearedThrough = outlook.JudgedThrough;
        }
        trigger.ClearReason = outlook?.Reason ?? (rules.IsThere(trigger.Rule) ? ClearReason.RuleChanged : ClearReason.RuleRemoved);
        trigger.Count = trigger.Kind == RuleKind.Count ? outlook?.Count ?? 0 : null;
        trigger.Value = trigger.Kind == RuleKind.Count ? trigger.Count : outlook?.Value;
        activity?.SetTag("sigma.cleared", true).SetTag("sigma.count", trigger.Count);
        var lasted = time.GetUtcNow() - trigger.RaisedAt;
        if (!Drill.Is(trigger.Source) && !trigger.Shadow)
        {
            EvaluatorTelemetry.AlertsCleared.Add(1, new KeyValuePair<string, object?>("rule", trigger.Rule));
            EvaluatorTelemetry.TimeToClear.Record(lasted.TotalSeconds, new KeyValuePair<string, object?>("rule", trigger.Rule));
        }
        log.LogInformation("Cleared {AlertId} after {Duration}: {What} of {Key}{More}, rule {Rule} of {Source}, {Reason}", trigger.AlertId,
            TimeSpan.FromSeconds(Math.Round(lasted.TotalSeconds)), outlook?.What ?? "the alert", trigger.Labels.Key(),
            outlook?.More ?? " is no rule's any more", trigger.Rule, trigger.Source, trigger.ClearReason);
    }

    public Task Faulted<TException>(BehaviorExceptionContext<Trigger, ClearHint, TException> context, IBehavior<Trigger, ClearHint> next)
        where TException : Exception => next.Faulted(context);

    public void Probe(ProbeContext context) => context.CreateScope("look-for-normal");
    public void Accept(StateMachineVisitor visitor) => visitor.Visit(this);
}
