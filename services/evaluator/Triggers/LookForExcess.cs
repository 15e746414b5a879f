using MassTransit;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Windows;
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
        if (rules.Find(due.Rule) is not { } rule)
            return;
        var limits = rule.LimitsOf(due.Labels);
        var judged = await TriggerTable.ClearedThrough(session, trigger.CorrelationId, ct);
        var from = Math.Max(due.From.ToUnixTimeMilliseconds(), judged + 1);
        var found = await WindowCount.Excesses(session, [trigger.CorrelationId], rule.Window, limits.Threshold, from, due.To.ToUnixTimeMilliseconds(), ct);
        if (found is not [var excess])
            return;
        trigger.Excess = excess;
        (trigger.Severity, trigger.Count, trigger.Threshold) = (rule.Severity, excess.Count, limits.Threshold);
        trigger.AlertId = Guid.CreateVersion7();
        trigger.RaisedAt = time.GetUtcNow();
        trigger.ClearCheckAt = excess.FirstEventAt + rule.Window;
        if (!rule.IsOfDrills)
            EvaluatorTelemetry.AlertsRaised.Add(1, new KeyValuePair<string, object?>("rule", rule.Name));
        log.Log(rule.IsOfDrills ? LogLevel.Information : LogLevel.Warning, "Raised {AlertId}: {Count} events of {Labels} within {Window}, rule {Rule}, threshold {Threshold}",
            trigger.AlertId, excess.Count, string.Join(' ', due.Labels.Values), TimeSpan.FromMilliseconds(rule.Window), rule.Name, limits.Threshold);
    }

    public Task Faulted<TException>(BehaviorExceptionContext<Trigger, RaiseDue, TException> context, IBehavior<Trigger, RaiseDue> next)
        where TException : Exception => next.Faulted(context);

    public void Probe(ProbeContext context) => context.CreateScope("look-for-excess");
    public void Accept(StateMachineVisitor visitor) => visitor.Visit(this);
}
