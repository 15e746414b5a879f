using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Triggers;

/// <summary>
/// Asks the rule's condition what is true of a key that is raised, with its row locked, and notes what is not as it was last told. At most once a
/// minute, whatever the news: a value that moves all the time is no flood.
/// </summary>
internal sealed class DecideUpdate(DbSession session, RuleBook book, ConditionSet conditions, TimeProvider time)
    : IStateMachineActivity<Trigger, UpdateHint>
{
    /// <summary>In milliseconds.</summary>
    public static readonly long AtMostEvery = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    public async Task Execute(BehaviorContext<Trigger, UpdateHint> context, IBehavior<Trigger, UpdateHint> next)
    {
        await Decide(context.Saga, context.Message, context.CancellationToken);
        await next.Execute(context);
    }

    async Task Decide(Trigger trigger, UpdateHint hint, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rules = await book.Current(session, ct);
        var isTooSoon = now.ToUnixTimeMilliseconds() - trigger.LastTold < AtMostEvery;
        // Others say their value again with the next news; a report need not come again.
        if (rules.Find(trigger.Rule) is not { } rule || !rules.IsTriggerOf(rule, trigger) || isTooSoon && rule.Kind != RuleKind.External)
            return;
        var found = await conditions.Of(rule).LookForUpdate(session, rule, new RaiseHint
        {
            TriggerId = trigger.CorrelationId, Rule = rule.Name, Source = rule.Source, Labels = trigger.Labels, From = hint.From, To = hint.To,
        }, ct);
        trigger.IsAcknowledgedThere = found is { IsAcknowledged: true } && trigger is { AcknowledgedAt: null, Shadow: false };
        var isNew = found is not null && (found.Value != trigger.Value || rule.SeverityOf(found) != trigger.Severity);
        if (isTooSoon)
        {
            if (isNew)
                await PendingTable.PutChanged(session, rule.Name, [new Key(trigger.CorrelationId, trigger.Labels)],
                    trigger.LastTold + AtMostEvery, ct);
            return;
        }
        trigger.LastTold = now.ToUnixTimeMilliseconds();
        if (!isNew)
            return;
        trigger.RuleRevision = rule.Revision;
        (trigger.Severity, trigger.Value, trigger.Limit) = (rule.SeverityOf(found!), found!.Value, found.Limit);
        trigger.Summary = Words.Summary(rule, trigger.Labels, found);
        trigger.IsUpdated = true;
    }

    public Task Faulted<TException>(BehaviorExceptionContext<Trigger, UpdateHint, TException> context, IBehavior<Trigger, UpdateHint> next)
        where TException : Exception => next.Faulted(context);

    public void Probe(ProbeContext context) => context.CreateScope("look-for-change");
    public void Accept(StateMachineVisitor visitor) => visitor.Visit(this);
}
