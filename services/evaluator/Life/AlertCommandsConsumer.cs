using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Triggers;
using Sigma.Hosting.Telemetry;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Evaluator.Life;

/// <summary>
/// What people do with alerts. The trigger's row is locked, as by whatever else decides on it: a command and a clear that come at the same moment are
/// one after the other, and whoever finds the row gone changes nothing.
/// </summary>
internal sealed class AlertCommandsConsumer(DbSession session, TriggerTable triggers, TimeProvider time, ILogger<AlertCommandsConsumer> log)
    : IConsumer<AcknowledgeAlert>, IConsumer<CloseAlert>
{
    const int LongestName = 100, LongestComment = 1000;

    public async Task Consume(ConsumeContext<AcknowledgeAlert> context)
    {
        var command = context.Message;
        Check(nameof(AcknowledgeAlert), command.AlertId, command.By, command.Comment);
        if (await triggers.LoadByAlert(session, command.AlertId, context.CancellationToken) is not { AcknowledgedAt: null, Shadow: false } trigger)
            return; // over, or somebody was first, or nobody was told
        trigger.AcknowledgedAt = time.GetUtcNow();
        trigger.AcknowledgedBy = command.By;
        await triggers.Update(session, trigger, context.CancellationToken);
        await context.Publish(trigger.AcknowledgedMessage(command.Comment), context.CancellationToken);
        session.AfterCommit(() => log.LogInformation("{By} has acknowledged {AlertId}, {Key}", command.By, command.AlertId, trigger.Labels.Key()));
    }

    public async Task Consume(ConsumeContext<CloseAlert> context)
    {
        var command = context.Message;
        Check(nameof(CloseAlert), command.AlertId, command.By, command.Comment);
        if (await triggers.LoadByAlert(session, command.AlertId, context.CancellationToken) is not { Shadow: false } trigger)
            return; // over, or nobody was told
        var now = time.GetUtcNow();
        trigger.ClearedThrough = now.ToUnixTimeMilliseconds(); // what came before counts no more
        await triggers.Delete(session, trigger, context.CancellationToken);
        await context.Publish(trigger.ClearedMessage(ClearReason.Closed, now) with { ClosedBy = command.By, Comment = command.Comment },
            context.CancellationToken);
        session.AfterCommit(() => log.LogInformation("{By} has closed {AlertId}, {Key}", command.By, command.AlertId, trigger.Labels.Key()));
    }

    static void Check(string what, Guid alert, string? by, string? comment)
    {
        if (alert == Guid.Empty || by is not { Length: > 0 and <= LongestName } || comment is { Length: > LongestComment })
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
