using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Deliveries;

/// <summary>The deliveries: who sees everything sees them, and operators decide what becomes of those that nobody else can decide.</summary>
internal sealed class DeliveryCommands(NotifierClient notifier, AuditLog audit)
{
    /// <summary>The newest that fit.</summary>
    public Task<IReadOnlyList<Delivery>> Find(DeliveryFilter filter, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return notifier.Deliveries(filter, ct);
    }

    /// <summary>Sends one again that has failed or is uncertain.</summary>
    public Task Retry(Guid id, Caller caller, CancellationToken ct) =>
        Decide("delivery.retry", id, new { decided = "send again" }, () => notifier.RetryDelivery(id, caller.Name, ct), caller, ct);

    /// <summary>Has one fail that waits, is held or is uncertain.</summary>
    public Task GiveUp(Guid id, Caller caller, CancellationToken ct) =>
        Decide("delivery.give-up", id, new { decided = "give up" }, () => notifier.GiveUpDelivery(id, caller.Name, ct), caller, ct);

    /// <summary>Says of one that is uncertain whether it arrived.</summary>
    public Task Settle(Guid id, bool arrived, Caller caller, CancellationToken ct) =>
        Decide("delivery.settle", id, new { decided = arrived ? "arrived" : "did not arrive" },
            () => notifier.SettleDelivery(id, arrived, caller.Name, ct), caller, ct);

    async Task Decide(string what, Guid id, object after, Func<Task> decide, Caller caller, CancellationToken ct)
    {
        caller.Demand(Role.Operator);
        caller.DemandNoLimits();
        // By either id: that of the alert or its own.
        var before = (await notifier.Deliveries(new() { Alert = id, Limit = 1 }, ct)).FirstOrDefault(delivery => delivery.Id == id);
        await decide();
        await audit.Write(caller, what, id.ToString(),
            before is null ? null : new { before.AlertId, before.Kind, before.Channel, before.State, before.Attempts, before.Reason }, after, ct);
    }
}
