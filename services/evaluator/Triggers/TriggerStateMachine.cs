using MassTransit;
using Sigma.Contracts;

namespace Sigma.Evaluator.Triggers;

/// <summary>
/// From nothing to raised and back. The messages that reach it are hints that may be late, early or repeated; before each step the trigger
/// counts again, with its own row locked. What it publishes commits with its row.
/// </summary>
internal sealed class TriggerStateMachine : MassTransitStateMachine<Trigger>
{
    public TriggerStateMachine(TimeProvider time)
    {
        InstanceState(trigger => trigger.State);
        Event(() => RaiseDue, e =>
        {
            e.CorrelateById(context => context.Message.TriggerId);
            // The row is there before the count: an excuse that comes in between finds it.
            e.InsertOnInitial = true;
            e.SetSagaFactory(context => new Trigger
            {
                CorrelationId = context.Message.TriggerId,
                Rule = context.Message.Rule,
                Source = context.Message.Source,
                Labels = context.Message.Labels,
            });
        });
        Event(() => ClearDue, e =>
        {
            e.CorrelateById(context => context.Message.TriggerId);
            e.OnMissingInstance(missing => missing.Discard());
        });

        Initially(
            When(RaiseDue)
                .Activity(look => look.OfType<LookForExcess>())
                .IfElse(context => context.Saga.Excess is not null,
                    excess => excess.TransitionTo(Raised).Publish(context => context.Saga.Alert()),
                    nothing => nothing.Finalize()));

        During(Raised,
            Ignore(RaiseDue),
            When(ClearDue)
                .Activity(look => look.OfType<LookForNormal>())
                .If(context => context.Saga.ClearReason is not null,
                    ended => ended.Publish(context => context.Saga.AllClear(context.Saga.ClearReason!, time.GetUtcNow())).Finalize()));

        SetCompletedWhenFinalized();
    }

    public State Raised { get; } = null!;
    public Event<RaiseDue> RaiseDue { get; } = null!;
    public Event<ClearDue> ClearDue { get; } = null!;
}

internal static class Announcements
{
    public static AlertRaised Alert(this Trigger trigger) => new()
    {
        AlertId = trigger.AlertId,
        Rule = trigger.Rule,
        Severity = trigger.Severity,
        Source = trigger.Source,
        Labels = trigger.Labels,
        Count = trigger.Count,
        Threshold = trigger.Threshold,
        WindowFrom = trigger.Excess!.WindowFrom,
        WindowTo = trigger.Excess.WindowTo,
        FirstEventAt = trigger.Excess.FirstEvent,
        LastEventAt = trigger.Excess.WindowTo,
        RaisedAt = trigger.RaisedAt,
    };

    public static AlertCleared AllClear(this Trigger trigger, string reason, DateTimeOffset now) => new()
    {
        AlertId = trigger.AlertId,
        Rule = trigger.Rule,
        Severity = trigger.Severity,
        Source = trigger.Source,
        Labels = trigger.Labels,
        Count = trigger.Count,
        Threshold = trigger.Threshold,
        Reason = reason,
        RaisedAt = trigger.RaisedAt,
        ClearedAt = now,
    };
}
