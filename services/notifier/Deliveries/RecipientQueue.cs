using Microsoft.Extensions.Options;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Holds;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>
/// The queue of a recipient, with a token bucket. Queued deliveries have no message of their own: one for all of them comes with the next slot, so
/// that five hundred cost no more than one. A free slot sends the first in the queue, or a digest of many. The recipient's row is locked throughout.
/// </summary>
internal sealed class RecipientQueue(Database database, DeliveryTable deliveries, ClaimTable claims, RecipientTable recipients,
    AlertHistory history, HeldDeliveries held, DeliveryQueue queue, Settlement settlement, DeliveryLog deliveryLog,
    IOptions<NotifierOptions> options, TimeProvider time)
{
    // The raise and clear of the one drill may be at the head of the queue; alerts behind them go first.
    const int OfDrills = 2;

    /// <summary>The next in the queue, if a slot is free. The caller commits.</summary>
    /// <param name="session">In which the recipient is locked.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="recipient">Its recipient, locked.</param>
    /// <param name="comer">The delivery that asks; it joins the line when others or nobody go.</param>
    /// <param name="ct">The service stops.</param>
    public async Task<Claim?> Serve(DbSession session, IChannel channel, Recipient recipient, Delivery? comer, CancellationToken ct)
    {
        var now = time.Milliseconds();
        if (comer?.DueAt > now)
            await claims.SetDueNow(session, comer, ct); // the sweep had postponed it
        var claim = recipient.NextSlotAt(channel.Options, now) <= now ? await Next(session, channel, recipient, now, ct) : null;
        if (comer is { State: not DeliveryState.Waiting } && claim?.Parts.Any(p => p.Delivery.Id == comer.Id) != true)
        {
            await claims.Enqueue(session, comer, ct);
            if (comer.State == DeliveryState.Sending)
                session.AfterCommit(() => deliveryLog.SentAgain(comer));
        }
        if (await NextDueAt(session, channel, claim is null && comer is null, ct) is { } next)
            await Wake(session, channel, recipient, Math.Max(next, recipient.NextSlotAt(channel.Options, now)), ct);
        await recipients.Save(session, recipient, ct);
        return claim;
    }

    /// <summary>Wakes a queue whose message was lost, or whose recipient has changed.</summary>
    public async Task<bool> WakeOverdue(IChannel channel, TimeSpan overdue, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var before = time.Milliseconds() - (long)overdue.TotalMilliseconds;
        if (!(await claims.First(session, channel.Name, DeliveryState.Waiting, ct) < before))
            return false;
        var recipient = await recipients.Lock(session, channel, ct);
        if (recipient.WakeAt >= before || recipient.NextSlotAt(channel.Options, time.Milliseconds()) >= time.Milliseconds())
            return false;
        await Wake(session, channel, recipient, time.Milliseconds(), ct);
        await recipients.Save(session, recipient, ct);
        await queue.Commit(session, ct);
        return true;
    }

    /// <summary>Schedules the queue's wake-up, unless an earlier one is scheduled.</summary>
    public async Task Wake(DbSession session, IChannel channel, Recipient recipient, long at, CancellationToken ct)
    {
        var now = time.Milliseconds();
        if (recipient.WakeAt > now && recipient.WakeAt <= at)
            return;
        recipient.WakeAt = Math.Max(at, now);
        await queue.SendSlotDue(session, channel, recipient.WakeAt, TimeSpan.FromMilliseconds(recipient.WakeAt - now), ct);
    }

    async Task<Claim?> Next(DbSession session, IChannel channel, Recipient recipient, long now, CancellationToken ct)
    {
        var most = (channel.Options.DigestOver > 0 ? channel.Options.DigestSize + 1 : 1) + OfDrills;
        var line = await claims.Queued(session, channel, now, most, ct);
        var all = await Sendable(session, channel, recipient, line, now, ct);
        if (all.Count == 0)
            return null;
        var alerts = all.FindAll(p => !p.Content.Episode.IsDrill);
        var sendable = alerts.Count > 0 ? alerts : all[..1];
        var many = channel.Options.DigestOver > 0 && sendable.Count > channel.Options.DigestOver;
        var take = many ? recipient.DigestLimit(Math.Min(sendable.Count, channel.Options.DigestSize)) : 1;
        var parts = sendable.Take(take).ToList();
        if (alerts.Count > 0) // a drill waits for a turn and takes none from the alert that comes next
            recipient.TakeSlot(channel.Options, now);
        var until = await claims.Claim(session, parts.Select(p => p.Delivery), channel.CallLimit + DeliveryLedger.ToWriteTheResult, ct);
        Claim claim = new([.. parts.Select(p => p with { Until = until })]);
        foreach (var part in claim.Parts.Where(p => p.Delivery.State == DeliveryState.Sending))
            session.AfterCommit(() => deliveryLog.SentAgain(part.Delivery));
        return claim;
    }

    // What needs no turn is done with at once: what was given up, what is not to be said any more, a clear whose raise is still to come.
    async Task<List<ClaimedDelivery>> Sendable(DbSession session, IChannel channel, Recipient recipient, List<Delivery> line, long now,
        CancellationToken ct)
    {
        List<ClaimedDelivery> sendable = [];
        var pairs = await deliveries.Lock(session, line.Select(d => d.AlertId), channel.Name, line.Select(d => d.Kind), ct);
        var episodes = await history.Find(session, pairs.Keys, ct);
        var busy = await claims.InHand(session, line.Where(d => d.Kind == DeliveryKind.Cleared).Select(d => d.AlertId), channel.Name, ct);
        foreach (var found in line)
        {
            var raiseAndClear = pairs[found.AlertId];
            var episode = episodes.GetValueOrDefault(found.AlertId);
            if (raiseAndClear.Of(found.Id) is not { } own)
                continue;
            switch (NextStep.Of(own, raiseAndClear.Raise, episode, own.Attempts, channel.Options, now, recipient.Reason,
                await held.Find(session, channel, own, episode, ct), busy.GetValueOrDefault(found.AlertId)))
            {
                case NextStep.HoldBack step:
                    await held.Hold(session, own, step.Hold, ct);
                    break;
                case NextStep.CheckAgain again when own.State != DeliveryState.Sending: // or as soon as what somebody is telling is told
                    await deliveries.Postpone(session, own, again.After, null, ct);
                    break;
                case NextStep.WaitForRaise:
                    await deliveries.Postpone(session, own, options.Value.Deliveries.RetryTo, null, ct);
                    break;
                case NextStep.Settle step:
                    await settlement.Settle(session, channel, [new(own, DeliveryContent.Of(own, episode), raiseAndClear)],
                        new(step.State, step.Reason), ct);
                    break;
                case NextStep.Send { Accepted: null } step:
                    sendable.Add(new(own, own.Attempts + 1, step.Content(own, raiseAndClear.Raise, episode!)));
                    break;
            }
        }
        return sendable;
    }

    // A turn that finds nobody looks when a digest in somebody's hand may be looked for: its notifier may have died with it.
    async Task<long?> NextDueAt(DbSession session, IChannel channel, bool alsoInHand, CancellationToken ct) =>
        await claims.First(session, channel.Name, DeliveryState.Waiting, ct)
        ?? (alsoInHand ? await claims.First(session, channel.Name, DeliveryState.Sending, ct) + 1000 : null);
}
