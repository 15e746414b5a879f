using MassTransit;
using Sigma.Evaluator.Changes;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Windows;
using Sigma.Hosting.Telemetry;
using Sigma.Storage;

namespace Sigma.Evaluator.Triggers;

/// <summary>
/// Counts again inside the trigger's transaction and begins the episode when there is an excess that no earlier episode has covered.
/// </summary>
internal sealed class DecideRaise(DbSession session, RuleSet rules, TimeProvider time, ILogger<DecideRaise> log)
    : IStateMachineActivity<Trigger, RaiseHint>
{
    public async Task Execute(BehaviorContext<Trigger, RaiseHint> context, IBehavior<Trigger, RaiseHint> next)
    {
        await Decide(context.Saga, context.Message, context.CancellationToken);
        await next.Execute(context);
    }

    async Task Decide(Trigger trigger, RaiseHint hint, CancellationToken ct)
    {
        if (rules.Find(hint.Rule) is not { } rule || !rules.IsTriggerOf(rule, trigger.CorrelationId, hint.Labels))
            return; // a hint of another time, or of an evaluator with other settings
        using var activity = EvaluatorTelemetry.Source.StartActivity("trigger");
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("sigma.rule", rule.Name).SetTag("sigma.source", hint.Source).SetTag("sigma.key", hint.Labels.Key());
        var former = rules.FormerTriggers(rule, hint.Labels);
        if (await TriggerTable.AnyRaised(session, former, ct))
            return; // raised under a name the rule had before: that alert is about to be carried on
        var limits = rule.LimitsOf(hint.Labels);
        var judged = await TriggerTable.ClearedThrough(session, [trigger.CorrelationId, .. former], ct);
        var since = await RuleTable.CountsFrom(session, rule, ct);
        var from = Math.Max(hint.From.ToUnixTimeMilliseconds(), judged + 1);
        var found = await WindowCount.ThresholdCrossings(session, [trigger.CorrelationId], rule.Window, limits.Threshold, since,
            from, hint.To.ToUnixTimeMilliseconds(), ct);
        activity?.SetTag("sigma.threshold", limits.Threshold).SetTag("sigma.raised", found.Count > 0);
        if (found is not [var crossing])
            return;
        trigger.Crossing = crossing;
        trigger.Severity = rule.Severity;
        trigger.Count = crossing.Count;
        trigger.Threshold = limits.Threshold;
        trigger.AlertId = Guid.CreateVersion7();
        trigger.RaisedAt = time.GetUtcNow();
        trigger.ClearCheckAt = crossing.FirstEventAt + rule.Window;
        activity?.SetTag("sigma.count", crossing.Count).SetTag("sigma.alert_id", trigger.AlertId.ToString());
        if (!rule.IsOfDrills)
            EvaluatorTelemetry.AlertsRaised.Add(1, new KeyValuePair<string, object?>("rule", rule.Name));
        log.Log(rule.IsOfDrills ? LogLevel.Information : LogLevel.Warning,
            "Raised {AlertId}: {Count} events of {Key} within {Window}, rule {Rule} of {Source}, threshold {Threshold}",
            trigger.AlertId, crossing.Count, hint.Labels.Key(), TimeSpan.FromMilliseconds(rule.Window), rule.Name, hint.Source, limits.Threshold);
    }

    public Task Faulted<TException>(BehaviorExceptionContext<Trigger, RaiseHint, TException> context, IBehavior<Trigger, RaiseHint> next)
        where TException : Exception => next.Faulted(context);

    public void Probe(ProbeContext context) => context.CreateScope("look-for-excess");
    public void Accept(StateMachineVisitor visitor) => visitor.Visit(this);
}
