using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.Queries;

/// <summary>Which alerts were told on a channel within a day and still wait for somebody: what a reply there can mean.</summary>
/// <param name="database">Where they are.</param>
/// <param name="time">The clock of the services.</param>
internal sealed class ToldQuery(Database database, TimeProvider time)
{
    const int Most = 200;

    static readonly TimeSpan Within = TimeSpan.FromDays(1);

    /// <summary>Their ids; of one message when its receipt is named.</summary>
    public async Task<IReadOnlyList<Guid>> Find(string channel, string? receipt, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await session.Query<Guid>( // ix_deliveries_line (channel, state, next_attempt_at), uq_registers_alert
            $"""
            select distinct d.alert_id from notifier_deliveries d join sigma_cloud_events_tracker_registers r on r.alert_id = d.alert_id
            where d.channel = @channel and d.state = 'sent' and d.next_attempt_at >= @since and d.kind not in ('{DeliveryKind.Cleared}',
              '{DeliveryKind.Acknowledged}') and r.cleared_at is null and r.acknowledged_at is null
              and (@receipt is null or d.receipt = @receipt)
            limit {Most}
            """, new { channel, receipt, since = time.Milliseconds() - (long)Within.TotalMilliseconds }, ct);
    }
}
