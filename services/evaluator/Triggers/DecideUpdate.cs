using MassTransit;
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
        if (now.ToUnixTimeMilliseconds() - trigger.LastTold < AtMostEvery || rules.Find(trigger.Rule) is not { } rule
            || !rules.IsTriggerOf(rule, trigger))
            return;
        var found = await conditions.Of(rule).LookForUpdate(session, rule, new RaiseHint
        {
            TriggerId = trigger.CorrelationId, Rule = rule.Name, Source = rule.Source, Labels = trigger.Labels, From = hint.From, To = hint.To,
        }, ct);
        trigger.LastTold = now.ToUnixTimeMilliseconds();
        if (found is null || found.Value == trigger.Value && rule.Severity == trigger.Severity)
            return;
        trigger.RuleRevision = rule.Revision;
        (trigger.Severity, trigger.Value, trigger.Limit) = (rule.Severity, found.Value, found.Limit);
        trigger.Summary = Words.Summary(rule, trigger.Labels, found);
        trigger.IsUpdated = true;
    }

    public Task Faulted<TException>(BehaviorExceptionContext<Trigger, UpdateHint, TException> context, IBehavior<Trigger, UpdateHint> next)
        where TException : Exception => next.Faulted(context);

    public void Probe(ProbeContext context) => context.CreateScope("look-for-change");
    public void Accept(StateMachineVisitor visitor) => visitor.Visit(this);
}
