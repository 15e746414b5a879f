using Microsoft.Extensions.Options;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Holds;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>Claims deliveries and settles them, each in a short transaction of its own: no transaction is open while an API is called.</summary>
internal sealed class DeliveryLedger(Database database, DeliveryTable deliveries, ClaimTable claims, RecipientTable recipients,
    AlertHistory history, RecipientQueue recipientQueue, HeldDeliveries held, Settlement settlement, DeliveryQueue queue, DeliveryLog deliveryLog,
    IOptions<NotifierOptions> options, TimeProvider time)
{
    // A channel's call ends by its own time-out; then the result is still to be written.
    public static readonly TimeSpan ToWriteTheResult = TimeSpan.FromSeconds(30);

    DeliveryOptions Options => options.Value.Deliveries;

    /// <summary>What is to be sent now: the delivery, or one before it in the queue.</summary>
    public async Task<Claim?> Take(IChannel channel, DeliveryDue due, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        if (await deliveries.FindOpen(session, due.DeliveryId, ct) is not { } open)
            return null; // in a storm most have gone with a digest when their message comes
        var recipient = channel.Options.IsRateLimited ? await recipients.Lock(session, channel, ct) : null;
        var raiseAndClear = await deliveries.Lock(session, due.AlertId, channel.Name, open.Kind, ct);
        if (raiseAndClear.Of(due.DeliveryId) is not { } own)
            return null;
        var episode = await history.Find(session, due.AlertId, ct);
        var busy = open.Kind == DeliveryKind.Cleared ? await claims.InHand(session, [due.AlertId], channel.Name, ct) : [];
        Claim? claim = null;
        switch (NextStep.Of(own, raiseAndClear.Raise, episode, due.Attempt, channel.Options, time.Milliseconds(), recipient?.Reason,
            await held.Find(session, channel, own, episode, ct), busy.GetValueOrDefault(due.AlertId)))
        {
            case NextStep.HoldBack step:
                await held.Hold(session, own, step.Hold, ct);
                break;
            case NextStep.CheckAgain again:
                await queue.Send(session, channel, own, again.After + TimeSpan.FromSeconds(1), ct);
                break;
            case NextStep.WaitForRaise:
                await deliveries.Postpone(session, own, Options.RetryTo, null, ct);
                break;
            case NextStep.Settle step:
                await settlement.Settle(session, channel, [new(own, DeliveryContent.Of(own, episode), raiseAndClear)],
                    new(step.State, step.Reason), ct);
                break;
            case NextStep.Send { Accepted: null } when recipient is not null:
                claim = await recipientQueue.Serve(session, channel, recipient, own, ct);
                break;
            case NextStep.Send step:
                var until = await claims.Claim(session, [own], channel.CallLimit + ToWriteTheResult, ct);
                claim = new([new(own, own.Attempts + 1, step.Content(own, raiseAndClear.Raise, episode!), until)]);
                if (own.State == DeliveryState.Sending && step.Accepted is null)
                    session.AfterCommit(() => deliveryLog.SentAgain(own));
                break;
        }
        await Commit(session, channel, claim, ct);
        return claim;
    }

    /// <summary>The next in the recipient's queue.</summary>
    public async Task<Claim?> Take(IChannel channel, RecipientSlotDue due, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var recipient = await recipients.Lock(session, channel, ct);
        if (recipient.WakeAt <= due.At)
            recipient.WakeAt = 0; // this was it, however the clocks of two notifiers differ
        var claim = await recipientQueue.Serve(session, channel, recipient, null, ct);
        await Commit(session, channel, claim, ct);
        return claim;
    }

    /// <summary>
    /// Sends on what is for an integration that this notifier does not have: another may already have its settings, or still have them. In the end
    /// the sweep settles what is for nobody.
    /// </summary>
    public async Task LeaveToOthers(ChannelType type, DeliveryDue due, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        if (await deliveries.FindOpen(session, due.DeliveryId, ct) is not null)
            await queue.SendOn(session, type, due, due.AlertId, ct);
        await queue.Commit(session, ct);
    }

    /// <summary>The same of a slot.</summary>
    public async Task LeaveToOthers(ChannelType type, RecipientSlotDue due, CancellationToken ct)
    {
        var channel = due.Channel ?? type.Name;
        await using var session = await database.Begin(ct);
        if (await claims.First(session, channel, DeliveryState.Waiting, ct) is not null)
            await queue.SendOn(session, type, due, Ids.From("recipient", channel), ct);
        await queue.Commit(session, ct);
    }

    /// <summary>
    /// When the answer to a commit is lost, what was claimed may be ours all the same; else it would wait for nobody until the claim runs out.
    /// </summary>
    async Task Commit(DbSession session, IChannel channel, Claim? claim, CancellationToken ct)
    {
        try
        {
            await queue.Commit(session, ct);
        }
        catch (Exception) when (claim is not null && !ct.IsCancellationRequested)
        {
            var ours = false;
            await Write(channel, claim, (_, _, all) =>
            {
                ours = all.Count == claim.Parts.Count && all.All(h => h.Claimed.IsStillIn(h.Own) && h.Own.ClaimedUntil == h.Claimed.Until
                    && h.Claimed.Until - time.Milliseconds() > channel.CallLimit.TotalMilliseconds);
                return Task.CompletedTask;
            }, ct);
            if (!ours)
                throw;
            session.WasCommitted();
        }
    }

    /// <summary>Returns to the queue what did not fit into the digest.</summary>
    /// <returns>What is still claimed.</returns>
    public async Task<Claim> Shrink(IChannel channel, Claim claim, int parts, CancellationToken ct)
    {
        var rest = claim.Parts.Skip(parts).ToList();
        if (rest.Count > 0)
            await Write(channel, new(rest), async (session, recipient, all) =>
            {
                await claims.PutBack(session, all.Where(h => h.Claimed.IsStillIn(h.Own)).Select(h => h.Claimed.Delivery), null, ct);
                if (recipient is not null)
                    await recipientQueue.Wake(session, channel, recipient, recipient.NextSlotAt(channel.Options, time.Milliseconds()), ct);
            }, ct);
        return rest.Count > 0 ? new(claim.Parts.Take(parts).ToList()) : claim;
    }

    public Task Sent(IChannel channel, Claim claim, Receipt receipt, CancellationToken ct) => Write(channel, claim, async (session, recipient, all) =>
    {
        recipient?.Answered();
        await settlement.Settle(session, channel, [.. all.Where(h => h.Own.State != DeliveryState.Sent).Select(h => h.Ended)],
            new(DeliveryState.Sent, null, receipt.Id), ct);
        if (claim.IsDigest)
            session.AfterCommit(() => deliveryLog.DigestSent(channel, claim));
    }, ct);

    public Task Failed(IChannel channel, Claim claim, DeliveryFailure failure, CancellationToken ct) =>
        Write(channel, claim, async (session, recipient, all) =>
        {
            var ours = all.Where(h => h.Claimed.IsStillIn(h.Own)).ToList(); // where the claim ran out, somebody else has it
            if (ours.Count == 0)
                return;
            if (failure.Kind == FailureKind.Unconfirmed)
            {
                recipient?.Answered();
                await settlement.Settle(session, channel, [.. ours.Select(h => h.Ended)], new(DeliveryState.Uncertain, failure.Reason), ct);
                return;
            }
            if (failure.Kind == FailureKind.Accepted)
            {
                recipient?.Answered();
                foreach (var each in ours)
                    await Accepted(session, channel, each, failure, ct);
                return;
            }
            // A drill is tried once: who waits for it is told why it failed, and no alert has to wait for the hold that follows a failed call.
            if ((failure.Kind == FailureKind.Permanent && !claim.IsDigest) || claim.IsDrill)
            {
                await settlement.Settle(session, channel, [.. ours.Select(h => h.Ended)], new(DeliveryState.Failed, failure.Reason), ct);
                return;
            }

            var now = time.Milliseconds();
            var hold = TimeSpan.Zero;
            if (recipient is not null)
            {
                // Something in a digest is refused: that is no reason to wait, but one to ask with fewer.
                if (failure.Kind != FailureKind.Permanent)
                    hold = Min(Backoff.After(recipient.Failures + 1, Options, failure.RetryAfter, Random.Shared.NextDouble()), Options.GiveUpAfter);
                recipient.Failed(failure.Reason, now + (long)hold.TotalMilliseconds);
                if (claim.IsDigest || await claims.First(session, channel.Name, DeliveryState.Waiting, ct) is not null)
                    await recipientQueue.Wake(session, channel, recipient, recipient.NextSlotAt(channel.Options, now), ct);
            }
            if (failure.Kind == FailureKind.Uncertain && channel.Options.InDoubt == WhenUncertain.AskAPerson)
            {
                await settlement.Settle(session, channel, [.. ours.Select(h => h.Ended)], new(DeliveryState.Uncertain, failure.Reason), ct);
                return;
            }
            if (claim.IsDigest)
            {
                await claims.PutBack(session, ours.Select(h => h.Claimed.Delivery), failure.Reason, ct);
                session.AfterCommit(() => deliveryLog.DigestFailed(channel, claim, failure));
                return;
            }

            var own = ours[0].Own;
            var left = TimeSpan.FromMilliseconds(Math.Max(0, own.GiveUpAt - now));
            var backoff = Backoff.After(own.Attempts, Options, failure.RetryAfter, Random.Shared.NextDouble());
            var wait = Min(backoff > hold ? backoff : hold, left);
            await deliveries.Postpone(session, own, wait, failure.Reason, ct);
            await queue.Send(session, channel, own, wait, ct);
            session.AfterCommit(() => deliveryLog.Postponed(own, failure, wait));
        }, ct);

    // Each of a digest's is asked about by itself, out of turn.
    async Task Accepted(DbSession session, IChannel channel, CurrentClaim each, DeliveryFailure failure, CancellationToken ct)
    {
        var wait = Backoff.After(each.Own.Attempts, Options, null, Random.Shared.NextDouble());
        AcceptedMessage message = new(failure.Receipt!, each.Claimed.Content.Kind == ContentKind.RaisedAndCleared);
        await claims.Accept(session, each.Own, message, wait, failure.Reason, ct);
        await queue.Send(session, channel, each.Own, wait, ct);
        if (each.Own.Accepted is null)
            session.AfterCommit(() => deliveryLog.Accepted(each.Own, failure));
    }

    async Task Write(IChannel channel, Claim claim, Func<DbSession, Recipient?, IReadOnlyList<CurrentClaim>, Task> result,
        CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await using var session = await database.Begin(ct);
                var recipient = channel.Options.IsRateLimited || claim.IsDigest ? await recipients.Lock(session, channel, ct) : null;
                var pairs = await deliveries.Lock(session, claim.Parts.Select(p => p.Delivery.AlertId), channel.Name,
                    claim.Parts.Select(p => p.Delivery.Kind), ct);
                List<CurrentClaim> found = [.. from part in claim.Parts
                    let pair = pairs[part.Delivery.AlertId]
                    let own = pair.Of(part.Delivery.Id)
                    where own is not null
                    select new CurrentClaim(part, own, pair)];
                await result(session, recipient, found);
                if (recipient is not null)
                    await recipients.Save(session, recipient, ct);
                await queue.Commit(session, ct);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                deliveryLog.ResultNotWritten(claim.First.Delivery, e); // the call is made: forgetting its result would make it twice
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, ct);
            }
        }
    }

    static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>What was claimed, as it is now.</summary>
    sealed record CurrentClaim(ClaimedDelivery Claimed, Delivery Own, DeliveryTable.RaiseAndClear Pair)
    {
        public SettledDelivery Ended => new(Own, Claimed.Content, Pair);
    }
}
