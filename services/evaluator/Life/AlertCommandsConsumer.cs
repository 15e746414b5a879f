using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Triggers;
using Sigma.Hosting.Telemetry;
using Sigma.Storage;
using Sigma.Storage.Outbox;
using static Sigma.Evaluator.Life.CommandLimits;

namespace Sigma.Evaluator.Life;

/// <summary>
/// What people do with alerts. The trigger's row is locked, as by whatever else decides on it: a command and a clear that come at the same moment are
/// one after the other, and whoever finds the row gone changes nothing. What is done is noted by its command, so it is done once.
/// </summary>
internal sealed class AlertCommandsConsumer(DbSession session, TriggerTable triggers, TimeProvider time, ILogger<AlertCommandsConsumer> log)
    : IConsumer<AcknowledgeAlert>, IConsumer<CloseAlert>, IConsumer<CommentAlert>, IConsumer<AssignAlert>, IConsumer<SnoozeAlert>
{
    public async Task Consume(ConsumeContext<AcknowledgeAlert> context)
    {
        var (command, ct) = (context.Message, context.CancellationToken);
        Check(nameof(AcknowledgeAlert), command.AlertId, command.By, command.Comment);
        if (await Find(command.AlertId, ct) is not { AcknowledgedAt: null } trigger
            || await Note(trigger, command.CommandId, "acknowledged", command.By, command.Comment, ct) is null)
            return; // somebody was first
        trigger.AcknowledgedAt = time.GetUtcNow();
        trigger.AcknowledgedBy = command.By;
        await triggers.Update(session, trigger, ct);
        await context.Publish(trigger.AcknowledgedMessage(command.Comment), ct);
    }

    public async Task Consume(ConsumeContext<CloseAlert> context)
    {
        var (command, ct) = (context.Message, context.CancellationToken);
        Check(nameof(CloseAlert), command.AlertId, command.By, command.Comment);
        if (await Find(command.AlertId, ct) is not { } trigger
            || await Note(trigger, command.CommandId, "closed", command.By, command.Comment, ct) is null)
            return;
        var now = time.GetUtcNow();
        trigger.ClearedThrough = now.ToUnixTimeMilliseconds(); // what came before counts no more
        await triggers.Delete(session, trigger, ct);
        await context.Publish(trigger.ClearedMessage(ClearReason.Closed, now) with { ClosedBy = command.By, Comment = command.Comment }, ct);
    }

    public async Task Consume(ConsumeContext<CommentAlert> context)
    {
        var (command, ct) = (context.Message, context.CancellationToken);
        Check(nameof(CommentAlert), command.AlertId, command.By, command.Comment);
        if (await Find(command.AlertId, ct) is not { } trigger
            || await Note(trigger, command.CommandId, AlertChange.Commented, command.By, command.Comment, ct) is not { } at)
            return;
        await context.Publish(trigger.UpdatedMessage(AlertChange.Commented, command.By, command.Comment, at.ToTime()), ct);
    }

    public async Task Consume(ConsumeContext<AssignAlert> context)
    {
        var (command, ct) = (context.Message, context.CancellationToken);
        Check(nameof(AssignAlert), command.AlertId, command.By, command.Comment);
        if (command.To is { } to && !IsName(to))
            throw new InvalidDataException(
                $"Refused: {nameof(AssignAlert)} of alert {command.AlertId} to a name that is not 1 to {LongestName} long");
        if (await Find(command.AlertId, ct) is not { } trigger)
            return;
        trigger.AssignedTo = command.To;
        if (await Note(trigger, command.CommandId, AlertChange.Assigned, command.By, command.Comment, ct) is not { } at)
            return;
        await triggers.Update(session, trigger, ct);
        await context.Publish(trigger.UpdatedMessage(AlertChange.Assigned, command.By, command.Comment, at.ToTime()), ct);
    }

    public async Task Consume(ConsumeContext<SnoozeAlert> context)
    {
        var (command, ct) = (context.Message, context.CancellationToken);
        Check(nameof(SnoozeAlert), command.AlertId, command.By, command.Comment);
        if (await Find(command.AlertId, ct) is not { } trigger)
            return;
        var until = command.Until?.ToUnixTimeMilliseconds() ?? DueSweep.Never;
        trigger.SnoozedUntil = until > time.Milliseconds() ? until : null;
        if (await Note(trigger, command.CommandId, AlertChange.Snoozed, command.By, command.Comment, ct) is not { } at)
            return;
        await triggers.Update(session, trigger, ct);
        await context.Publish(trigger.UpdatedMessage(AlertChange.Snoozed, command.By, command.Comment, at.ToTime()), ct);
    }

    /// <summary>Locks the trigger of an alert; null when it is over, or when nobody was told of it.</summary>
    async Task<Trigger?> Find(Guid alert, CancellationToken ct) =>
        await triggers.LoadByAlert(session, alert, ct) is { Shadow: false } trigger ? trigger : null;

    /// <summary>When it was done; null when this command has been obeyed already.</summary>
    async Task<long?> Note(Trigger trigger, Guid command, string what, string by, string? comment, CancellationToken ct)
    {
        // Clocks of two evaluators differ, and by these times others know which of two deeds is the later one.
        var at = Math.Max(time.Milliseconds(), await AlertNotes.LastAt(session, trigger.AlertId, ct) + 1 ?? 0);
        AlertNote note = new(what, by, comment, at) { AssignedTo = trigger.AssignedTo, SnoozedUntil = trigger.SnoozedUntil };
        if (!await AlertNotes.Add(session, trigger.AlertId, command, note, ct))
            return null;
        session.AfterCommit(() => log.LogInformation("{AlertId}, {Key}, is {What} by {By}", trigger.AlertId, trigger.Labels.Key(), what, by));
        return at;
    }

    static void Check(string what, Guid alert, string? by, string? comment)
    {
        if (alert == Guid.Empty || !IsName(by) || !IsComment(comment))
            throw new InvalidDataException(
                $"Refused: {what} of alert {alert} by '{(by is { Length: > 40 } ? by[..40] + "…" : by)}'; it names an alert, who "
                + $"in 1 to {LongestName} characters, and says at most {LongestComment:#,0}");
    }
}

internal sealed class AlertCommandsConsumerDefinition : ConsumerDefinition<AlertCommandsConsumer>
{
    public AlertCommandsConsumerDefinition() => EndpointName = EvaluatorQueues.Commands;

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<AlertCommandsConsumer> consumer,
        IRegistrationContext context)
    {
        endpoint.PrefetchCount = 8;
        endpoint.UseTransaction(context);
    }
}
