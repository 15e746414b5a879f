using MassTransit;
using Sigma.Contracts;

namespace Sigma.OperatorConsole.Projection;

/// <summary>What becomes of alerts, into the console's tables. Drills are no alerts.</summary>
internal sealed class AlertProjection(AlertWriter writer) : IConsumer<AlertRaised>, IConsumer<AlertCleared>, IConsumer<AlertAcknowledged>,
    IConsumer<AlertUpdated>, IConsumer<ShadowAlertRaised>, IConsumer<ShadowAlertCleared>
{
    public Task Consume(ConsumeContext<AlertRaised> context) => Write(ProjectedMessages.Of(context.Message), context.CancellationToken);

    public Task Consume(ConsumeContext<AlertCleared> context) => Write(ProjectedMessages.Of(context.Message), context.CancellationToken);

    public Task Consume(ConsumeContext<AlertAcknowledged> context) => Write(ProjectedMessages.Of(context.Message), context.CancellationToken);

    public Task Consume(ConsumeContext<AlertUpdated> context) => Write(ProjectedMessages.Of(context.Message), context.CancellationToken);

    public Task Consume(ConsumeContext<ShadowAlertRaised> context) =>
        Write(ProjectedMessages.Of(context.Message.Alert, shadow: true), context.CancellationToken);

    public Task Consume(ConsumeContext<ShadowAlertCleared> context) =>
        Write(ProjectedMessages.Of(context.Message.Alert, shadow: true), context.CancellationToken);

    Task Write(ProjectedMessage message, CancellationToken ct)
    {
        var facts = message.Facts;
        if (facts.AlertId == Guid.Empty || facts is { Rule: null } or { Source: null } or { Kind: null } or { Severity: null } or { Labels: null }
            || facts.Labels.Any(label => label.Value is null))
            throw new InvalidDataException($"Refused: alert {facts.AlertId} does not say which it is, of what rule, or has a label without a value");
        return Drill.Is(facts.Source) ? Task.CompletedTask : writer.Write(message, ct);
    }
}

internal sealed class AlertProjectionDefinition : ConsumerDefinition<AlertProjection>
{
    public AlertProjectionDefinition()
    {
        EndpointName = ConsoleQueues.Alerts;
        Endpoint(endpoint => endpoint.PrefetchCount = AlertWriter.Most); // a transaction takes all that are here
    }
}
