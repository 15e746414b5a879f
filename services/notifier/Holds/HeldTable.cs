using Sigma.Hosting.Texts;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.Holds;

/// <summary>The deliveries that are held, as stored.</summary>
internal sealed class HeldTable(TimeProvider time)
{
    /// <summary>It is looked at again at this time, as stored.</summary>
    public Task Hold(DbSession session, Guid delivery, long until, string reason, CancellationToken ct) => session.Execute(
        """
        update notifier_deliveries set state = 'held', claimed_until = 0, next_attempt_at = @until, reason = @reason where delivery_id = @key
        """, // primary key
        new { key = delivery, until, reason = reason.Truncate(500) }, ct);

    /// <summary>What is held of an alert, locked.</summary>
    public Task<List<Delivery>> Lock(DbSession session, Guid alert, CancellationToken ct) => session.Query<Delivery>( // uq_deliveries_alert
        $"""
        select {DeliveryTable.Columns} from notifier_deliveries where alert_id = @alert and state = 'held' order by kind, channel
        {session.Dialect.ForUpdate}
        """, new { alert }, ct);

    /// <summary>What is held on these channels and is to be looked at again; read without locks.</summary>
    public Task<List<Delivery>> Due(DbSession session, IEnumerable<string> channels, int limit, CancellationToken ct) =>
        session.Query<Delivery>( // ix_deliveries_state
        $"""
        select {DeliveryTable.Columns} from notifier_deliveries where state = 'held' and next_attempt_at <= @now and channel in @channels
        order by next_attempt_at limit {limit}
        """, new { now = time.Milliseconds(), channels }, ct);

    /// <summary>Has all that is held looked at now.</summary>
    public Task Wake(DbSession session, CancellationToken ct) => session.Execute( // ix_deliveries_state
        "update notifier_deliveries set next_attempt_at = @now where state = 'held' and next_attempt_at > @now",
        new { now = time.Milliseconds() }, ct);
}
