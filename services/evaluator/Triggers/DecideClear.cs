using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Changes;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Windows;
using Sigma.Hosting.Telemetry;
using Sigma.Storage;

namespace Sigma.Evaluator.Triggers;

/// <summary>Counts again with the trigger's row locked and ends the episode when the count is below the clear limit.</summary>
internal sealed class DecideClear(DbSession session, RuleSet rules, RulesInForce inForce, TimeProvider time, ILogger<DecideClear> log)
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
        var rule = rules.Find(trigger.Rule);
        var isItsTrigger = rule is not null && rules.IsTriggerOf(rule, trigger.CorrelationId, trigger.Labels);
        // Of a rule that went nothing was counted, and where it is still there the hint is an evaluator's with other settings.
        if (isItsTrigger != (hint.Reason == ClearReason.VolumeNormal))
            return;
        var left = 0;
        if (isItsTrigger)
        {
            if (!inForce.Includes(rule!))
                return; // it stays due
            var through = hint.Through.ToUnixTimeMilliseconds();
            var clearBelow = rule!.LimitsOf(trigger.Labels).ClearBelow;
            // What came after the covered time counts too: it can only keep the alert.
            var remaining = (await WindowCount.RemainingCounts(session, [trigger.CorrelationId], through - rule.Window, clearBelow, ct))
                .SingleOrDefault();
            if (remaining?.LimitingEventAt is { } limiting)
            {
                trigger.ClearCheckAt = limiting + rule.Window;
                activity?.SetTag("sigma.cleared", false);
                return;
            }
            left = remaining?.Count ?? 0;
            trigger.ClearedThrough = through;
        }
        trigger.ClearReason = isItsTrigger ? ClearReason.VolumeNormal : rule is null ? ClearReason.RuleRemoved : ClearReason.RuleChanged;
        activity?.SetTag("sigma.cleared", true).SetTag("sigma.count", left);
        trigger.Count = left;
        var lasted = time.GetUtcNow() - trigger.RaisedAt;
        if (!Drill.Is(trigger.Source))
        {
            EvaluatorTelemetry.AlertsCleared.Add(1, new KeyValuePair<string, object?>("rule", trigger.Rule));
            EvaluatorTelemetry.TimeToClear.Record(lasted.TotalSeconds, new KeyValuePair<string, object?>("rule", trigger.Rule));
        }
        log.LogInformation("Cleared {AlertId} after {Duration}: {Count} events of {Key} are left, rule {Rule} of {Source}, {Reason}",
            trigger.AlertId, TimeSpan.FromSeconds(Math.Round(lasted.TotalSeconds)), left, trigger.Labels.Key(), trigger.Rule, trigger.Source,
            trigger.ClearReason);
    }

    public Task Faulted<TException>(BehaviorExceptionContext<Trigger, ClearHint, TException> context, IBehavior<Trigger, ClearHint> next)
        where TException : Exception => next.Faulted(context);

    public void Probe(ProbeContext context) => context.CreateScope("look-for-normal");
    public void Accept(StateMachineVisitor visitor) => visitor.Visit(this);
}
