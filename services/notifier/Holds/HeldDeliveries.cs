using Microsoft.Extensions.Options;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Decisions;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Routing;
using Sigma.Storage;

namespace Sigma.Notifier.Holds;

/// <summary>Holds deliveries back, and lets them go. Whoever calls has locked them.</summary>
internal sealed class HeldDeliveries(DeliveryTable deliveries, HeldTable table, DeliveryQueue queue, DecisionTable decisions, HoldBook book,
    DeliveryLog log, IOptions<NotifierOptions> options, TimeProvider time)
{
    // A hold is known for two seconds: what made it may be over already, and nobody sees it end. After that what holds is looked at whenever it
    // changes, and this often in any case.
    static readonly TimeSpan LookSoon = TimeSpan.FromSeconds(5), LookAgain = TimeSpan.FromMinutes(1);

    /// <summary>Said of a delivery whose alert is over before it could be told.</summary>
    public static string OverWhile(string? reason) => $"over before it was told: {reason}";

    /// <summary>
    /// What holds back a raise, or its repetition, that was never tried; null when nothing does. One that was tried may have arrived, so it goes on:
    /// who may have got the raise gets the clear.
    /// </summary>
    public async Task<Hold?> Find(DbSession session, IChannel channel, Delivery own, Episode? episode, CancellationToken ct) =>
        own is { Kind: not (DeliveryKind.Cleared or DeliveryKind.Acknowledged), Attempts: 0 } && episode is not null
            ? Find(await book.Read(session, ct), channel, own, episode, time.GetUtcNow()) : null;

    /// <summary>What holds back a delivery. The hours of routes do not hold what is told because nobody took the alert on.</summary>
    public static Hold? Find(ActiveHolds holds, IChannel channel, Delivery own, Episode episode, DateTimeOffset now) => own.Escalation is null
        ? holds.Of(own.AlertId, AlertFacts.Of(episode), channel.Integration.Receiver, now) : holds.Of(own.AlertId, AlertFacts.Of(episode), now);

    /// <summary>It waits for the end of what holds it. One that waits for the same already is only looked at later.</summary>
    public async Task Hold(DbSession session, Delivery delivery, Hold hold, CancellationToken ct)
    {
        var due = time.GetUtcNow() + (delivery.State == DeliveryState.Held ? LookAgain : LookSoon);
        if (hold.Until < due)
            due = hold.Until.Value;
        await table.Hold(session, delivery.Id, due.ToUnixTimeMilliseconds(), hold.Reason, ct);
        if (delivery.State == DeliveryState.Held && delivery.Reason == hold.Reason)
            return;
        await decisions.Add(session, new(delivery.AlertId, DecisionKind.Held, delivery.Channel, hold.Reason), ct);
        session.AfterCommit(() => log.Held(delivery, hold.Reason));
    }

    /// <summary>It is due, and matters as long as a new one.</summary>
    public async Task Release(DbSession session, IChannel channel, Delivery delivery, CancellationToken ct)
    {
        await deliveries.Release(session, delivery.Id, options.Value.Deliveries.GiveUpAfter, ct);
        await queue.Send(session, channel, delivery, TimeSpan.Zero, ct);
        await decisions.Add(session, new(delivery.AlertId, DecisionKind.Released, delivery.Channel, $"no longer {delivery.Reason}"), ct);
        session.AfterCommit(() => log.Released(delivery));
    }

    /// <summary>Those of an alert that is over: nothing is said of it to who was told nothing.</summary>
    public async Task End(DbSession session, Guid alert, CancellationToken ct)
    {
        foreach (var held in await table.Lock(session, alert, ct))
        {
            DeliveryResult over = new(DeliveryState.Skipped, OverWhile(held.Reason));
            await deliveries.Settle(session, [held], over.State, over.Reason, null, ct);
            await decisions.Add(session, new(alert, DecisionKind.Over, held.Channel, over.Reason!), ct);
            session.AfterCommit(() => log.Settled(held, null, over));
        }
    }
}
