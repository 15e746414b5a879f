using Sigma.Hosting.Texts;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Holds;

namespace Sigma.Notifier.Deliveries;

/// <summary>What is to be done about a delivery that is due.</summary>
internal abstract record NextStep
{
    /// <summary>It is settled, or this message is a duplicate.</summary>
    public sealed record Nothing : NextStep;

    /// <summary>Another notifier has claimed it: check again when the claim has expired.</summary>
    public sealed record CheckAgain(TimeSpan After) : NextStep;

    /// <summary>The raise comes first, and calls this one when it is settled.</summary>
    public sealed record WaitForRaise : NextStep;

    /// <summary>There is nothing to send.</summary>
    public sealed record Settle(DeliveryState State, string Reason) : NextStep;

    /// <summary>It may not be told now.</summary>
    public sealed record HoldBack(Hold Hold) : NextStep;

    public sealed record Send(ContentKind Kind) : NextStep
    {
        /// <summary>What was taken already: it is only asked about.</summary>
        public string? Accepted { get; init; }

        /// <summary>What it says of this alert, claimed.</summary>
        public DeliveryContent Content(Delivery own, Delivery? raise, Episode episode) => new(own.Id, Kind, episode)
        {
            Accepted = Accepted, RaiseReceipt = Kind == ContentKind.Cleared ? raise?.Receipt : null,
        };
    }

    /// <param name="own">The delivery that is due.</param>
    /// <param name="raise">The raise of the same alert on the same channel.</param>
    /// <param name="episode">The alert.</param>
    /// <param name="attempt">Of the message.</param>
    /// <param name="channel">The channel's settings.</param>
    /// <param name="now">As stored.</param>
    /// <param name="reason">Why nothing could be sent, for a delivery that was never tried itself.</param>
    /// <param name="hold">What holds it back.</param>
    /// <param name="busyUntil">Of a clear: how long somebody may still be telling something else of the alert on the channel, as stored.</param>
    public static NextStep Of(Delivery own, Delivery? raise, Episode? episode, int attempt, ChannelOptions channel, long now, string? reason = null,
        Hold? hold = null, long? busyUntil = null)
    {
        if (!own.IsOpen || own.State == DeliveryState.Held)
            return new Nothing();
        if (own.State == DeliveryState.Sending && own.ClaimedUntil > now)
            return new CheckAgain(TimeSpan.FromMilliseconds(own.ClaimedUntil - now));
        if (own.State is DeliveryState.Pending or DeliveryState.Waiting && attempt < own.Attempts)
            return new Nothing();
        if (!channel.Enabled)
            return new Settle(DeliveryState.Skipped, "the channel is switched off");
        if (episode is null)
            return new Settle(DeliveryState.Failed, "the alert's row is gone");
        if (channel.AnswersLater && own.Accepted is { } accepted)
            return now >= own.GiveUpAt ? new Settle(DeliveryState.Uncertain, $"{own.Reason}: whether it arrived was never said".Truncate(500))
                : new Send(own.Kind == DeliveryKind.Cleared ? ContentKind.Cleared
                    : accepted.SaysBoth ? ContentKind.RaisedAndCleared : ContentKind.Raised) { Accepted = accepted.Id };
        if (own.Escalation is not null && own.Attempts == 0 && episode.AcknowledgedAt is not null)
            return new Settle(DeliveryState.Skipped, $"acknowledged by {episode.AcknowledgedBy} before it was told");
        if (DeliveryKind.IsOfStep(own.Kind) && (episode.ClearedAt is not null ? "the alert is over" : hold?.Reason) is { } needless)
            return new Settle(DeliveryState.Skipped, needless);
        if (DeliveryKind.IsReminder(own.Kind) && NoReminder(own, episode) is { } why)
            return new Settle(DeliveryState.Skipped, why);
        if (own.Kind == DeliveryKind.Acknowledged && BeforeAcknowledgement(raise, episode) is { } before)
            return before;
        if (own.Kind == DeliveryKind.Cleared && BeforeClear(own, raise, episode, now) is { } first)
            return first;
        if (own.Kind == DeliveryKind.Cleared && busyUntil > now)
            return new CheckAgain(TimeSpan.FromMilliseconds(busyUntil.Value - now));
        if (own.State == DeliveryState.Sending && channel.InDoubt == WhenUncertain.AskAPerson)
            return new Settle(DeliveryState.Uncertain, "the notifier stopped in the middle of the call");
        if (now >= own.GiveUpAt)
            return new Settle(DeliveryState.Failed, $"given up after {own.Attempts} tries; the last one: {own.Reason ?? reason ?? "none"}");
        if (hold is not null)
            return episode.ClearedAt is null ? new HoldBack(hold) : new Settle(DeliveryState.Skipped, HeldDeliveries.OverWhile(hold.Reason));
        return new Send(DeliveryContent.KindOf(own, episode));
    }

    static string? NoReminder(Delivery own, Episode episode) => episode.ClearedAt is not null ? "the alert is over"
        : own.Attempts == 0 && episode.AcknowledgedAt is not null ? $"acknowledged by {episode.AcknowledgedBy} before it was told" : null;

    // Only where the alert itself was told, after that, and never after its end.
    static NextStep? BeforeAcknowledgement(Delivery? raise, Episode episode) => raise switch
    {
        _ when episode.ClearedAt is not null => new Settle(DeliveryState.Skipped, "the alert is over"),
        null => new Settle(DeliveryState.Skipped, "the alert itself was not sent on the channel"),
        { IsOpen: true } => new WaitForRaise(),
        { State: DeliveryState.Failed or DeliveryState.Skipped } =>
            new Settle(DeliveryState.Skipped, $"the alert was not delivered: {raise.Reason}".Truncate(500)),
        _ => null,
    };

    // Who got the raise gets the clear.
    static NextStep? BeforeClear(Delivery own, Delivery? raise, Episode episode, long now) => raise switch
    {
        null when episode.RaisedAt is not null => new Settle(DeliveryState.Skipped, "the alert itself was not sent on the channel"),
        null when now >= own.GiveUpAt => new Settle(DeliveryState.Skipped, "the alert itself never came"),
        null => new WaitForRaise(),
        { IsOpen: true } => new WaitForRaise(),
        { State: DeliveryState.Failed or DeliveryState.Skipped } =>
            new Settle(DeliveryState.Skipped, $"the alert was not delivered: {raise.Reason}".Truncate(500)),
        _ => null,
    };
}
