using MassTransit;
using Sigma.Contracts;
using Sigma.Hosting.Telemetry;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Drills;
using Sigma.Notifier.Escalation;
using Sigma.Notifier.Holds;
using Sigma.Notifier.Routing;
using Sigma.Notifier.Snoozes;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Notifier.Alerts;

/// <summary>
/// An alert becomes its register row and a delivery for each channel, in one transaction. The names are looked up before it begins: no lock waits for
/// Segware.
/// </summary>
internal sealed class AlertConsumer(AccountLookup accounts, AlertHistory history, DeliveryPlan plan, HeldDeliveries held, Escalations escalations,
    SnoozeTable snoozes, LateDrills late, Database database, OutboxSender outbox)
    : IConsumer<AlertRaised>, IConsumer<AlertCleared>
{
    public async Task Consume(ConsumeContext<AlertRaised> context)
    {
        var alert = context.Message;
        var ct = context.CancellationToken;
        AlertLimits.Check(alert);
        var names = await Names(alert.AlertId, alert.Source, alert.Labels, ct);
        await using var session = await database.Begin(ct);
        if (await late.Includes(session, alert.AlertId, alert.Source, alert.RaisedAt, ct))
            return;
        if (!await history.Raise(session, alert, names, ct))
            return;
        await plan.Add(session, alert.AlertId, DeliveryKind.Raised, AlertFacts.Of(alert), ct);
        await plan.Acknowledge(session, alert.AlertId, ct);
        await escalations.Begin(session, alert.AlertId, AlertFacts.Of(alert), ct);
        await outbox.Commit(session, ct);
    }

    public async Task Consume(ConsumeContext<AlertCleared> context)
    {
        var alert = context.Message;
        var ct = context.CancellationToken;
        AlertLimits.Check(alert);
        var names = await Names(alert.AlertId, alert.Source, alert.Labels, ct);
        await using var session = await database.Begin(ct);
        if (await late.Includes(session, alert.AlertId, alert.Source, alert.RaisedAt, ct))
            return;
        await history.Clear(session, alert, names, ct);
        await escalations.End(session, alert.AlertId, EscalationState.Cleared, ct);
        await snoozes.EndWithAlert(session, alert.AlertId, ct);
        await held.End(session, alert.AlertId, ct);
        await plan.Add(session, alert.AlertId, DeliveryKind.Cleared, AlertFacts.Of(alert), ct);
        await outbox.Commit(session, ct);
    }

    async Task<AccountInfo?> Names(Guid alert, string source, IReadOnlyDictionary<string, string> labels, CancellationToken ct)
    {
        using var activity = NotifierTelemetry.Source.StartActivity("enrich");
        var names = await accounts.Find(source, labels, ct);
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("sigma.alert_id", alert.ToString()).SetTag("sigma.source", source).SetTag("sigma.key", labels.Key())
                .SetTag("sigma.names", names?.Status.ToString() ?? "none");
        return names;
    }
}

internal sealed class AlertConsumerDefinition : ConsumerDefinition<AlertConsumer>
{
    public AlertConsumerDefinition()
    {
        EndpointName = NotifierQueues.Alerts;
        Endpoint(endpoint => endpoint.PrefetchCount = 32); // an alert may wait for its names; the pool of connections is larger
    }
}
