using MassTransit;
using Sigma.Evaluator.Changes;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Windows;
using Sigma.Hosting.Telemetry;
using Sigma.Storage;

namespace Sigma.Evaluator.Triggers;

/// <summary>Counts again inside the trigger's transaction and begins the episode when there is an excess that no earlier episode has covered.</summary>
internal sealed class LookForExcess(DbSession session, RuleSet rules, TimeProvider time, ILogger<LookForExcess> log) : IStateMachineActivity<Trigger, RaiseDue>
{
    public async Task Execute(BehaviorContext<Trigger, RaiseDue> context, IBehavior<Trigger, RaiseDue> next)
    {
        await Look(context.Saga, context.Message, context.CancellationToken);
        await next.Execute(context);
    }

    async Task Look(Trigger trigger, RaiseDue due, CancellationToken ct)
    {
        if (rules.Find(due.Rule) is not { } rule || !rules.IsTriggerOf(rule, trigger.CorrelationId, due.Labels))
            return; // a hint of another time, or of an evaluator with other settings
        using var activity = EvaluatorTelemetry.Source.StartActivity("trigger");
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("sigma.rule", rule.Name).SetTag("sigma.source", due.Source).SetTag("sigma.key", due.Labels.Key());
        var former = rules.FormerTriggers(rule, due.Labels);
        if (await TriggerTable.AnyRaised(session, former, ct))
            return; // raised under a name the rule had before: that alert is about to be carried on
        var limits = rule.LimitsOf(due.Labels);
        var judged = await TriggerTable.ClearedThrough(session, [trigger.CorrelationId, .. former], ct);
        var since = await RuleTable.CountsFrom(session, rule, ct);
        var from = Math.Max(due.From.ToUnixTimeMilliseconds(), judged + 1);
        var found = await WindowCount.Excesses(session, [trigger.CorrelationId], rule.Window, limits.Threshold, since, from, due.To.ToUnixTimeMilliseconds(), ct);
        activity?.SetTag("sigma.threshold", limits.Threshold).SetTag("sigma.raised", found.Count > 0);
        if (found is not [var excess])
            return;
        trigger.Excess = excess;
        (trigger.Severity, trigger.Count, trigger.Threshold) = (rule.Severity, excess.Count, limits.Threshold);
        trigger.AlertId = Guid.CreateVersion7();
        trigger.RaisedAt = time.GetUtcNow();
        trigger.ClearCheckAt = excess.FirstEventAt + rule.Window;
        activity?.SetTag("sigma.count", excess.Count).SetTag("sigma.alert_id", trigger.AlertId.ToString());
        if (!rule.IsOfDrills)
            EvaluatorTelemetry.AlertsRaised.Add(1, new KeyValuePair<string, object?>("rule", rule.Name));
        log.Log(rule.IsOfDrills ? LogLevel.Information : LogLevel.Warning, "Raised {AlertId}: {Count} events of {Key} within {Window}, rule {Rule} of {Source}, threshold {Threshold}",
            trigger.AlertId, excess.Count, due.Labels.Key(), TimeSpan.FromMilliseconds(rule.Window), rule.Name, due.Source, limits.Threshold);
    }

    public Task Faulted<TException>(BehaviorExceptionContext<Trigger, RaiseDue, TException> context, IBehavior<Trigger, RaiseDue> next)
        where TException : Exception => next.Faulted(context);

    public void Probe(ProbeContext context) => context.CreateScope("look-for-excess");
    public void Accept(StateMachineVisitor visitor) => visitor.Visit(this);
}
