using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions;
using Sigma.Storage;

namespace Sigma.Evaluator.Triggers;

/// <summary>
/// From nothing to raised and back. The messages that reach it are hints that may be late, early or repeated; before each step the trigger
/// asks the rule's condition, with its own row locked. What it publishes commits with its row.
/// </summary>
internal sealed class TriggerStateMachine : MassTransitStateMachine<Trigger>
{
    public TriggerStateMachine(TimeProvider time)
    {
        InstanceState(trigger => trigger.State);
        Event(() => RaiseHint, e =>
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
        Event(() => UpdateHint, e =>
        {
            e.CorrelateById(context => context.Message.TriggerId);
            e.OnMissingInstance(missing => missing.Discard());
        });
        Event(() => ClearHint, e =>
        {
            e.CorrelateById(context => context.Message.TriggerId);
            e.OnMissingInstance(missing => missing.Discard());
        });

        Initially(
            When(RaiseHint)
                .Activity(look => look.OfType<DecideRaise>())
                .IfElse(context => context.Saga.Finding is not null,
                    wrong => wrong.TransitionTo(Raised).IfElse(context => context.Saga.Shadow,
                        shadow => shadow.Publish(context => new ShadowAlertRaised { Alert = context.Saga.RaisedMessage() }),
                        live => live.Publish(context => context.Saga.RaisedMessage()))
                        .If(context => context.Saga.IsAcknowledgedThere, taken => taken.Publish(context => context.Saga.AcknowledgeCommand()))
                        .If(context => context.Saga.Finding!.IsOver, over => over.Publish(context => new ClearHint
                        {
                            TriggerId = context.Saga.CorrelationId, Through = time.GetUtcNow(), Reason = ClearReason.News,
                        })),
                    nothing => nothing.Finalize()));

        During(Raised,
            Ignore(RaiseHint),
            When(UpdateHint)
                .Activity(look => look.OfType<DecideUpdate>())
                .If(context => context.Saga.IsAcknowledgedThere, taken => taken.Publish(context => context.Saga.AcknowledgeCommand()))
                .If(context => context.Saga is { IsUpdated: true, Shadow: false },
                    changed => changed.Publish(context => context.Saga.UpdatedMessage(AlertChange.Measured, null, null, time.GetUtcNow()))),
            When(ClearHint)
                .Activity(look => look.OfType<DecideClear>())
                .If(context => context.Saga.ClearReason is not null,
                    ended => ended.IfElse(context => context.Saga.Shadow,
                        shadow => shadow.Publish(context =>
                            new ShadowAlertCleared { Alert = context.Saga.ClearedMessage(context.Saga.ClearReason!, time.GetUtcNow()) }),
                        live => live.Publish(context => context.Saga.ClearedMessage(context.Saga.ClearReason!, time.GetUtcNow()))).Finalize()));

        SetCompletedWhenFinalized();
    }

    public State Raised { get; } = null!;
    public Event<RaiseHint> RaiseHint { get; } = null!;
    public Event<UpdateHint> UpdateHint { get; } = null!;
    public Event<ClearHint> ClearHint { get; } = null!;
}

internal static class AlertMessages
{
    public static AlertRaised RaisedMessage(this Trigger trigger) => new()
    {
        AlertId = trigger.AlertId,
        Rule = trigger.Rule,
        Kind = trigger.Kind,
        Severity = trigger.Severity,
        Category = trigger.Category,
        Source = trigger.Source,
        Labels = trigger.Labels,
        Summary = trigger.Summary,
        Count = trigger.Count,
        Threshold = trigger.Threshold,
        WindowFrom = trigger.Finding!.Counted?.WindowFrom,
        WindowTo = trigger.Finding.Counted?.WindowTo,
        FirstEventAt = trigger.Finding.Counted?.First,
        LastEventAt = trigger.Finding.Counted?.Last,
        Value = trigger.Value,
        Limit = trigger.Limit,
        Unit = trigger.Unit,
        Annotations = trigger.Annotations,
        Url = trigger.Url,
        Since = trigger.Finding.Since,
        RaisedAt = trigger.RaisedAt,
    };

    public static AlertCleared ClearedMessage(this Trigger trigger, string reason, DateTimeOffset now) => new()
    {
        AlertId = trigger.AlertId,
        Rule = trigger.Rule,
        Kind = trigger.Kind,
        Severity = trigger.Severity,
        Category = trigger.Category,
        Source = trigger.Source,
        Labels = trigger.Labels,
        Summary = trigger.Summary,
        Count = trigger.Count,
        Threshold = trigger.Threshold,
        Value = trigger.Value,
        Limit = trigger.Limit,
        Unit = trigger.Unit,
        Annotations = trigger.Annotations,
        Url = trigger.Url,
        Reason = reason,
        RaisedAt = trigger.RaisedAt,
        ClearedAt = now,
    };

    public static AlertUpdated UpdatedMessage(this Trigger trigger, string change, string? by, string? comment, DateTimeOffset now) => new()
    {
        AlertId = trigger.AlertId,
        Rule = trigger.Rule,
        Kind = trigger.Kind,
        Severity = trigger.Severity,
        Source = trigger.Source,
        Labels = trigger.Labels,
        Change = change,
        By = by,
        Comment = comment,
        Summary = trigger.Summary,
        Value = trigger.Value,
        Limit = trigger.Limit,
        AssignedTo = trigger.AssignedTo,
        Snoozed = trigger.SnoozedUntil is not null,
        SnoozedUntil = trigger.SnoozedUntil is { } until and not DueSweep.Never ? until.ToTime() : null,
        RaisedAt = trigger.RaisedAt,
        UpdatedAt = now,
    };

    /// <summary>In the name of the source, once an alert.</summary>
    public static AcknowledgeAlert AcknowledgeCommand(this Trigger trigger) => new()
    {
        CommandId = Ids.From("acknowledged there", trigger.AlertId.ToString("N")), AlertId = trigger.AlertId, By = trigger.Source,
    };

    public static AlertAcknowledged AcknowledgedMessage(this Trigger trigger, string? comment) => new()
    {
        AlertId = trigger.AlertId,
        Rule = trigger.Rule,
        Kind = trigger.Kind,
        Severity = trigger.Severity,
        Source = trigger.Source,
        Labels = trigger.Labels,
        By = trigger.AcknowledgedBy!,
        Comment = comment,
        RaisedAt = trigger.RaisedAt,
        AcknowledgedAt = trigger.AcknowledgedAt!.Value,
    };
}
