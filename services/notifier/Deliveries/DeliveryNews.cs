using Sigma.Hosting.Telemetry;
using Sigma.Notifier.Channels;

namespace Sigma.Notifier.Deliveries;

/// <summary>Says in logs and metrics what became of each delivery.</summary>
internal sealed class DeliveryNews(NotifierTelemetry telemetry, ILogger<DeliveryNews> log, TimeProvider time)
{
    public void Settled(Delivery delivery, DeliveryContent? content, Result result)
    {
        if (content?.Episode.IsDrill == true)
        {
            log.LogInformation("Drill {AlertId} {Kind}: {State} on {Channel}: {Reason}", delivery.AlertId, delivery.Kind, result.State, delivery.Channel, result.Reason ?? "taken");
            return; // no figure tells of it
        }
        telemetry.Settled(delivery, result.State);
        switch (result.State)
        {
            case DeliveryState.Sent:
                var since = delivery.Kind == DeliveryKind.Cleared ? content?.Episode.ClearedAt : content?.Episode.RaisedAt;
                if (since is { } at)
                    telemetry.Took(delivery, time.GetUtcNow() - at);
                log.LogInformation("Alert {AlertId} {Kind}, {Key}: delivered on {Channel}", delivery.AlertId, Said(content), Key(content), delivery.Channel);
                break;
            case DeliveryState.Failed:
                log.LogError("Alert {AlertId} {Kind}, {Key}: not delivered on {Channel}: {Reason}", delivery.AlertId, Said(content), Key(content), delivery.Channel, result.Reason);
                break;
            case DeliveryState.Uncertain:
                telemetry.Uncertain(delivery, asked: true);
                log.LogError("Alert {AlertId} {Kind}, {Key}: whether it was delivered on {Channel} is not known ({Reason}); a person must look. "
                    + "'sigma deliveries retry --id {DeliveryId}' sends it again",
                    delivery.AlertId, Said(content), Key(content), delivery.Channel, result.Reason, delivery.Id);
                break;
            default:
                log.LogInformation("Alert {AlertId} {Kind}, {Key}: {State} on {Channel}: {Reason}",
                    delivery.AlertId, delivery.Kind, Key(content), result.State, delivery.Channel, result.Reason);
                break;
        }
    }

    public void Postponed(Delivery delivery, DeliveryFailure failure, TimeSpan wait)
    {
        if (failure.Kind == FailureKind.Uncertain)
            telemetry.Uncertain(delivery, asked: false);
        log.LogWarning("Alert {AlertId} {Kind}: try {Attempt} on {Channel} failed, again in {Seconds:0.#} s: {Reason}", delivery.AlertId, delivery.Kind,
            delivery.Attempts, delivery.Channel, wait.TotalSeconds, failure.Reason);
    }

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

    static string Said(DeliveryContent? content) => content?.Says switch
    {
        Deliveries.Said.Cleared => "cleared",
        Deliveries.Said.RaisedAndCleared => "raised and cleared",
        _ => "raised",
    };
}
