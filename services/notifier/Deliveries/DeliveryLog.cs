using Sigma.Hosting.Telemetry;
using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Writes the outcome of each delivery to logs and metrics.</summary>
internal sealed class DeliveryLog(NotifierTelemetry telemetry, ILogger<DeliveryLog> log, TimeProvider time)
{
    public void Settled(Delivery delivery, DeliveryContent? content, DeliveryResult deliveryResult)
    {
        if (content?.Episode.IsDrill == true)
        {
            log.LogInformation("Drill {AlertId} {Kind}: {State} on {Channel}: {Reason}", delivery.AlertId, delivery.Kind,
                deliveryResult.State.Stored(), delivery.Channel, deliveryResult.Reason ?? "taken");
            return; // it counts in no metric
        }
        telemetry.Settled(delivery, deliveryResult.State);
        switch (deliveryResult.State)
        {
            case DeliveryState.Sent:
                var since = delivery.Kind switch
                {
                    DeliveryKind.Cleared => content?.Episode.ClearedAt,
                    DeliveryKind.Acknowledged => content?.Episode.AcknowledgedAt,
                    var kind => DeliveryKind.IsReminder(kind) ? null : content?.Episode.RaisedAt,
                };
                if (since is { } at)
                    telemetry.Took(delivery, time.GetUtcNow() - at);
                log.LogInformation("Alert {AlertId} {Kind}, {Key}: delivered on {Channel}", delivery.AlertId, KindName(content), Key(content),
                    delivery.Channel);
                break;
            case DeliveryState.Failed:
                log.LogError("Alert {AlertId} {Kind}, {Key}: not delivered on {Channel}: {Reason}", delivery.AlertId, KindName(content), Key(content),
                    delivery.Channel, deliveryResult.Reason);
                break;
            case DeliveryState.Uncertain:
                telemetry.Uncertain(delivery, asked: true);
                log.LogError("Alert {AlertId} {Kind}, {Key}: whether it was delivered on {Channel} is not known ({Reason}); a person must look. "
                    + "'sigma deliveries retry --id {DeliveryId}' sends it again",
                    delivery.AlertId, KindName(content), Key(content), delivery.Channel, deliveryResult.Reason, delivery.Id);
                break;
            default:
                log.LogInformation("Alert {AlertId} {Kind}, {Key}: {State} on {Channel}: {Reason}",
                    delivery.AlertId, delivery.Kind, Key(content), deliveryResult.State.Stored(), delivery.Channel, deliveryResult.Reason);
                break;
        }
    }

    public void Postponed(Delivery delivery, DeliveryFailure failure, TimeSpan wait)
    {
        if (failure.Kind == FailureKind.Uncertain)
            telemetry.Uncertain(delivery, asked: false);
        log.LogWarning("Alert {AlertId} {Kind}: try {Attempt} on {Channel} failed, again in {Seconds:0.#} s: {Reason}", delivery.AlertId,
            delivery.Kind, delivery.Attempts, delivery.Channel, wait.TotalSeconds, failure.Reason);
    }

    public void Held(Delivery delivery, string reason) => log.LogInformation(
        "Alert {AlertId} {Kind}: held back from {Channel}: {Reason}",
        delivery.AlertId, delivery.Kind, delivery.Channel, reason);

    public void Released(Delivery delivery) => log.LogInformation(
        "Alert {AlertId} {Kind}: no longer held back from {Channel}, where it was {Reason}",
        delivery.AlertId, delivery.Kind, delivery.Channel, delivery.Reason);

    /// <summary>The vendor has it.</summary>
    public void Accepted(Delivery delivery, DeliveryFailure failure) =>
        log.LogInformation("Alert {AlertId} {Kind}: on its way on {Channel}: {Reason}", delivery.AlertId, delivery.Kind, delivery.Channel,
            failure.Reason);

    /// <summary>Its notifier stopped in the middle of the call.</summary>
    public void SentAgain(Delivery delivery)
    {
        telemetry.Uncertain(delivery, asked: false);
        log.LogWarning("Alert {AlertId} {Kind}: its notifier stopped in the middle of try {Attempt} on {Channel}, it is sent again",
            delivery.AlertId, delivery.Kind, delivery.Attempts, delivery.Channel);
    }

    public void DigestSent(IChannel channel, Claim claim)
    {
        telemetry.DigestSent(channel.Name);
        log.LogInformation("{Count} alerts went out as one digest on {Channel}", claim.Parts.Count, channel.Name);
    }

    public void DigestFailed(IChannel channel, Claim claim, DeliveryFailure failure)
    {
        if (failure.Kind == FailureKind.Uncertain)
            foreach (var part in claim.Parts)
                telemetry.Uncertain(part.Delivery, asked: false);
        log.LogWarning("A digest of {Count} alerts on {Channel} failed, again with fewer: {Reason}", claim.Parts.Count, channel.Name, failure.Reason);
    }

    public void ResultNotWritten(Delivery delivery, Exception e) =>
        log.LogWarning("The result of delivery {DeliveryId} on {Channel} cannot be written yet: {Reason}", delivery.Id, delivery.Channel, e.Message);

    static string Key(DeliveryContent? content) => content?.Episode.Labels.Key() ?? "of which no more is known";

    static string KindName(DeliveryContent? content) => content?.Kind switch
    {
        Deliveries.ContentKind.Cleared => "cleared",
        Deliveries.ContentKind.RaisedAndCleared => "raised and cleared",
        Deliveries.ContentKind.Acknowledged => "acknowledged",
        _ => "raised",
    };
}
