using MassTransit;
using Sigma.Contracts;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Decisions;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Notifier.Escalation;

/// <summary>Takes the steps that are due, and hears who takes an alert on.</summary>
internal sealed class EscalationConsumer(Escalations escalations, AlertHistory history, DeliveryPlan plan, DecisionTable decisions,
    Database database, OutboxSender outbox)
    : IConsumer<EscalationDue>, IConsumer<AlertAcknowledged>
{
    public async Task Consume(ConsumeContext<EscalationDue> context)
    {
        var ct = context.CancellationToken;
        await using var session = await database.Begin(ct);
        var episode = await history.Lock(session, context.Message.AlertId, ct);
        await escalations.Take(session, context.Message, episode, ct);
        await outbox.Commit(session, ct);
    }

    public async Task Consume(ConsumeContext<AlertAcknowledged> context)
    {
        var alert = context.Message;
        var ct = context.CancellationToken;
        AlertLimits.Check(alert);
        if (Drill.Is(alert.Source))
            return;
        await using var session = await database.Begin(ct);
        await history.Acknowledge(session, alert, ct);
        await escalations.End(session, alert.AlertId, EscalationState.Acknowledged, ct);
        await plan.Acknowledge(session, alert.AlertId, ct);
        await decisions.AddOnce(session, new(alert.AlertId, DecisionKind.Acknowledged, null,
            $"by {alert.By.Truncate(100)}{(alert.Comment is { Length: > 0 } comment ? $": {comment}" : "")}"), ct);
        await outbox.Commit(session, ct);
    }
}

internal sealed class EscalationConsumerDefinition : ConsumerDefinition<EscalationConsumer>
{
    public EscalationConsumerDefinition()
    {
        EndpointName = NotifierQueues.Escalations;
        Endpoint(endpoint => endpoint.PrefetchCount = 16);
    }
}
