using Sigma.Hosting.Texts;
using Sigma.Notifier.Channels;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>The line of deliveries before a channel, what is claimed of it, and what a vendor has taken of that, as stored.</summary>
internal sealed class ClaimTable(TimeProvider time)
{
    /// <summary>
    /// Those that are due and not claimed, the longest waiting first: queued, about to be, or with an expired claim. What a vendor has taken already
    /// needs no turn.
    /// </summary>
    public async Task<List<Delivery>> Queued(DbSession session, IChannel channel, long now, int limit, CancellationToken ct)
    {
        var untaken = channel.Options.AnswersLater ? "and receipt is null" : "";

        // ix_deliveries_line (channel, state, next_attempt_at), once for each state: the order comes from the index
        string Of(string state, string more = "") =>
            $"""
            select * from (select {DeliveryTable.Columns} from notifier_deliveries
              where channel = @channel and state = '{state}' and next_attempt_at <= @now {more}
              order by next_attempt_at limit {limit}) in_{state}
            """;
        var line = await session.Query<Delivery>(
            $"{Of("waiting")} union all {Of("pending", untaken)} union all {Of("sending", untaken)}", new { channel = channel.Name, now }, ct);
        return [.. line.OrderBy(d => d.DueAt).ThenBy(d => d.CreatedAt).Take(limit)];
    }

    /// <summary>When the first of a state falls due.</summary>
    public Task<long?> First(DbSession session, string channel, DeliveryState state, CancellationToken ct) => session.First<long?>(
        // ix_deliveries_line
        "select min(next_attempt_at) from notifier_deliveries where channel = @channel and state = @state", new { channel, state = state.Stored() },
        ct);

    /// <summary>It is due now.</summary>
    public Task SetDueNow(DbSession session, Delivery delivery, CancellationToken ct) => session.Execute(
        "update notifier_deliveries set next_attempt_at = @now where delivery_id = @Id",
        new { delivery.Id, now = time.Milliseconds() }, ct);

    /// <summary>It keeps its place: the order of the line is that in which its members fell due.</summary>
    public Task Enqueue(DbSession session, Delivery delivery, CancellationToken ct) => session.Execute(
        "update notifier_deliveries set state = 'waiting', claimed_until = 0, settled_at = null where delivery_id = @Id",
        new { delivery.Id }, ct);

    /// <summary>
    /// Gives what was claimed back to the line, each to its place: after a try that failed for a reason, or as if there had been none.
    /// </summary>
    public async Task PutBack(DbSession session, IEnumerable<Delivery> claimed, string? reason, CancellationToken ct)
    {
        var tried = reason is null ? "attempts = attempts - 1" : $"reason = {DeliveryTable.Literal(session, reason, 500)}";
        foreach (var same in claimed.GroupBy(d => d.DueAt))
            await session.Execute(
                $"""
                update notifier_deliveries set state = 'waiting', claimed_until = 0, next_attempt_at = {same.Key}, settled_at = null, {tried}
                where delivery_id in ({same.Select(d => d.Id).Literals()})
                """, null, ct);
    }

    /// <returns>When the claim runs out.</returns>
    public async Task<long> Claim(DbSession session, IEnumerable<Delivery> claimed, TimeSpan claimFor, CancellationToken ct)
    {
        var until = time.Milliseconds() + (long)claimFor.TotalMilliseconds;
        await session.Execute(
            $"""
            update notifier_deliveries set state = 'sending', attempts = attempts + 1, claimed_until = {until}, next_attempt_at = {until}
            where delivery_id in ({claimed.Select(d => d.Id).Literals()})
            """, null, ct);
        return until;
    }

    /// <summary>
    /// Until when somebody may be telling something of these alerts on a channel that is neither their raise nor their clear. Whoever begins that has
    /// locked these two, as the caller has.
    /// </summary>
    public async Task<Dictionary<Guid, long>> InHand(DbSession session, IEnumerable<Guid> alerts, string channel, CancellationToken ct)
    {
        var ids = alerts.Distinct().Literals();
        return ids.Length == 0 ? [] : (await session.Query<Delivery>( // uq_deliveries_alert
            $"""
            select alert_id AlertId, max(claimed_until) ClaimedUntil from notifier_deliveries
            where alert_id in ({ids}) and channel = @channel and state = 'sending' and kind not in ('raised', 'cleared')
            group by alert_id
            """, new { channel }, ct)).ToDictionary(found => found.AlertId, found => found.ClaimedUntil);
    }

    /// <summary>The vendor has it, and is asked after the wait what became of it.</summary>
    public Task Accept(DbSession session, Delivery delivery, AcceptedMessage message, TimeSpan wait, string reason, CancellationToken ct) =>
        session.Execute(
        """
        update notifier_deliveries set state = 'pending', claimed_until = 0, settled_at = null, next_attempt_at = @next, receipt = @receipt,
          reason = @reason
        where delivery_id = @Id
        """,
        new
        {
            delivery.Id, next = time.Milliseconds() + (long)wait.TotalMilliseconds, receipt = $"{message}".Truncate(255),
            reason = reason.Truncate(500),
        }, ct);
}
