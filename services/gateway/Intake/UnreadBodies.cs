using Sigma.Gateway.Integrations;
using Sigma.Gateway.Liveness;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Intake;

/// <summary>
/// Bodies that could not be read by a fault of ours. Their senders are told that they are kept, for they would send the same again and hold up what
/// comes next; and people are told by an alert of the integration, for nobody knows what such a body says.
/// </summary>
internal sealed class UnreadBodies(ConditionIntake intake, IntakeSlices slices, TimeProvider time)
{
    const string Id = "gateway:unread";

    /// <summary>Keeps one, with an alert that says so.</summary>
    public async Task Keep(Delivery delivery, string reason, CancellationToken ct)
    {
        GatewayTelemetry.Unread(delivery.Integration.Name);
        await intake.Keep(new IntakeWork(delivery, [], slices.Current) { State = IntakeState.Unread, Reason = reason }, ct);
        await Tell(delivery.Integration, UnderstoodState.Firing, $"Deliveries of {delivery.Integration.Name} cannot be read: {reason}", ct);
    }

    /// <summary>All of an integration have been read.</summary>
    public Task AllRead(Integration integration, CancellationToken ct) =>
        Tell(integration, UnderstoodState.Resolved, $"All deliveries of {integration.Name} have been read", ct);

    Task Tell(Integration integration, UnderstoodState state, string title, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        Understood said = new()
        {
            State = state, ExternalId = Id, Title = title, NeverResolves = true, OnlyIfOpen = state == UnderstoodState.Resolved, DeliveryKey = "",
            Labels = new Dictionary<string, string> { ["alertname"] = "unread" },
        };
        Delivery own = new(Guid.CreateVersion7(now), integration, "{}"u8.ToArray(), new Dictionary<string, string>(), now) { Via = "gateway" };
        return intake.Keep(own, new Reading { Items = [said] }, ct);
    }
}
