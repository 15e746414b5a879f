using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>The deliveries, as stored.</summary>
internal sealed class DeliveryTable(TimeProvider time)
{
    const string Columns =
        """
        delivery_id DeliveryKey, alert_id AlertKey, kind Kind, channel Channel, state State, attempts Attempts, reason Reason, claimed_until ClaimedUntil,
          give_up_at GiveUpAt
        """;

    /// <summary>The same for the same alert, kind and channel.</summary>
    public static Guid IdOf(Guid alert, string kind, string channel) => Ids.From("delivery", alert.ToString("N"), kind, channel);

    /// <summary>False when it is there already.</summary>
    public async Task<bool> Add(DbSession session, Guid alert, string kind, string channel, TimeSpan giveUpAfter, CancellationToken ct)
    {
        var now = time.Milliseconds();
        return await session.Execute(
            $"""
            {session.Dialect.InsertIgnore} into notifier_deliveries(delivery_id, alert_id, kind, channel, state, next_attempt_at, give_up_at, created_at)
            values(@id, @alert, @kind, @channel, 'pending', @now, @giveUpAt, @now)
            """,
            new
            {
                id = IdOf(alert, kind, channel).Bytes(), alert = alert.Bytes(), kind, channel, now, giveUpAt = now + (long)giveUpAfter.TotalMilliseconds,
            }, ct) == 1;
    }

    /// <summary>Raise and clear of an alert on a channel, locked, so that the two are settled one after the other.</summary>
    public async Task<Pair> Lock(DbSession session, Guid alert, string channel, CancellationToken ct)
    {
        // uq_deliveries_alert (alert_id, kind, channel)
        var both = await session.Query<Delivery>(
            $"""
            select {Columns} from notifier_deliveries
            where alert_id = @alert and kind in ('cleared', 'raised') and channel = @channel order by kind {session.Dialect.ForUpdate}
            """, new { alert = alert.Bytes(), channel }, ct);
        return new(both.Find(d => d.Kind == DeliveryKind.Raised), both.Find(d => d.Kind == DeliveryKind.Cleared));
    }

    public Task Claim(DbSession session, Delivery delivery, TimeSpan claimFor, CancellationToken ct) => session.Execute(
        """
        update notifier_deliveries set state = 'sending', attempts = attempts + 1, claimed_until = @until, next_attempt_at = @until where delivery_id = @DeliveryKey
        """, new { delivery.DeliveryKey, until = time.Milliseconds() + (long)claimFor.TotalMilliseconds }, ct);

    public Task Settle(DbSession session, Delivery delivery, string state, string? reason, string? receipt, CancellationToken ct) => session.Execute(
        "update notifier_deliveries set state = @state, reason = @reason, receipt = @receipt, claimed_until = 0, settled_at = @now where delivery_id = @DeliveryKey",
        new { delivery.DeliveryKey, state, reason = reason?.Cut(500), receipt = receipt?.Cut(255), now = time.Milliseconds() }, ct);

    public Task Postpone(DbSession session, Delivery delivery, TimeSpan wait, string? reason, CancellationToken ct) => session.Execute(
        """
        update notifier_deliveries set state = 'pending', claimed_until = 0, next_attempt_at = @next, reason = coalesce(@reason, reason)
        where delivery_id = @DeliveryKey
        """, new { delivery.DeliveryKey, next = time.Milliseconds() + (long)wait.TotalMilliseconds, reason = reason?.Cut(500) }, ct);

    /// <summary>Takes deliveries whose message must have been lost, and pushes them ahead so that no other sweep takes them too.</summary>
    public async Task<List<Delivery>> TakeOverdue(DbSession session, TimeSpan overdue, TimeSpan ahead, int limit, CancellationToken ct)
    {
        var now = time.Milliseconds();
        // ix_deliveries_state (state, next_attempt_at)
        var lost = await session.Query<Delivery>(
            $"""
            select {Columns} from notifier_deliveries
            where state in ('pending', 'sending') and next_attempt_at < @before order by next_attempt_at limit {limit} {session.Dialect.ForUpdateSkipLocked}
            """, new { before = now - (long)overdue.TotalMilliseconds }, ct);
        if (lost.Count > 0)
            await session.Execute($"update notifier_deliveries set next_attempt_at = @next where delivery_id in ({lost.Select(d => d.Id).Literals()})",
                new { next = now + (long)ahead.TotalMilliseconds }, ct);
        return lost;
    }

    /// <summary>How many wait, by channel.</summary>
    public Task<List<Waiting>> CountWaiting(DbSession session, CancellationToken ct) => session.Query<Waiting>(
        "select channel Channel, count(*) Count from notifier_deliveries where state in ('pending', 'sending') group by channel", null, ct); // ix_deliveries_state

    internal sealed record Pair(Delivery? Raise, Delivery? Clear)
    {
        public Delivery? Of(Guid id) => Raise?.Id == id ? Raise : Clear?.Id == id ? Clear : null;
    }

    internal sealed class Waiting
    {
        public string Channel { get; init; } = "";
        public long Count { get; init; }
    }
}
