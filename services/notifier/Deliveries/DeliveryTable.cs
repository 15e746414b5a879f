using Sigma.Hosting.Texts;
using Sigma.Storage;

namespace Sigma.Notifier.Deliveries;

/// <summary>The deliveries, as stored.</summary>
internal sealed class DeliveryTable(TimeProvider time)
{
    internal const string Columns =
        """
        delivery_id Id, alert_id AlertId, kind Kind, channel Channel, state State, attempts Attempts, reason Reason,
          claimed_until ClaimedUntil, give_up_at GiveUpAt, next_attempt_at DueAt, created_at CreatedAt,
          escalation Escalation, receipt Receipt, settled_at SettledAt
        """;

    /// <summary>How the reason of a delivery begins that a person had sent again.</summary>
    public const string RetriedBy = "retried by ";

    /// <summary>The same for the same alert, kind and channel.</summary>
    public static Guid IdOf(Guid alert, string kind, string channel) => Ids.From("delivery", alert.ToString("N"), kind, channel);

    /// <summary>False when it is there already.</summary>
    public async Task<bool> Add(DbSession session, Guid alert, string kind, string channel, TimeSpan giveUpAfter, CancellationToken ct,
        int? escalation = null)
    {
        var now = time.Milliseconds();
        return await session.Execute(
            $"""
            {session.Dialect.InsertIgnore} into notifier_deliveries(delivery_id, alert_id, kind, channel, state, next_attempt_at, give_up_at,
              created_at, escalation)
            values(@id, @alert, @kind, @channel, 'pending', @now, @giveUpAt, @now, @escalation)
            """,
            new
            {
                id = IdOf(alert, kind, channel), alert, kind, channel,
                now, giveUpAt = now + (long)giveUpAfter.TotalMilliseconds, escalation,
            }, ct) == 1;
    }

    /// <summary>All of an alert, read without locks.</summary>
    public Task<List<Delivery>> OfAlert(DbSession session, Guid alert, CancellationToken ct) => session.Query<Delivery>( // uq_deliveries_alert
        $"select {Columns} from notifier_deliveries where alert_id = @alert order by channel, kind", new { alert }, ct);

    /// <summary>The integrations that have a delivery of an alert's raise.</summary>
    public Task<List<string>> OfRaise(DbSession session, Guid alert, CancellationToken ct) => session.Query<string>( // uq_deliveries_alert
        "select channel from notifier_deliveries where alert_id = @alert and kind = 'raised' order by channel", new { alert }, ct);

    /// <summary>Raise, acknowledgement and clear of an alert on a channel, locked, so that they are settled one after the other.</summary>
    /// <param name="session">Its transaction.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="kind">Of a delivery that is locked with them.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<RaiseAndClear> Lock(DbSession session, Guid alert, string channel, string kind, CancellationToken ct) =>
        (await Lock(session, [alert], channel, [kind], ct))[alert];

    /// <summary>The same of many alerts.</summary>
    public async Task<Dictionary<Guid, RaiseAndClear>> Lock(DbSession session, IEnumerable<Guid> alerts, string channel, IEnumerable<string> kinds,
        CancellationToken ct)
    {
        var ids = alerts.Distinct().ToList();
        if (ids.Count == 0)
            return [];
        // uq_deliveries_alert (alert_id, kind, channel)
        var all = await session.Query<Delivery>(
            $"""
            select {Columns} from notifier_deliveries where alert_id in ({ids.Literals()}) and kind in ({KindLiterals(session, kinds)})
              and channel = {session.Dialect.Text(channel)} order by alert_id, kind {session.Dialect.ForUpdate}
            """, null, ct);
        var found = all.ToLookup(d => d.AlertId);
        return ids.ToDictionary(id => id, id =>
            new RaiseAndClear(found[id].FirstOrDefault(d => d.Kind == DeliveryKind.Raised),
                found[id].FirstOrDefault(d => d.Kind == DeliveryKind.Cleared),
                [.. found[id].Where(d => d.Kind is not (DeliveryKind.Raised or DeliveryKind.Cleared))]));
    }

    /// <summary>The raise of an alert on a channel, locked; null when there is none.</summary>
    public Task<Delivery?> LockRaise(DbSession session, Guid alert, string channel, CancellationToken ct) => session.First<Delivery>(
        // uq_deliveries_alert
        $"""
        select {Columns} from notifier_deliveries where alert_id = @alert and kind = 'raised' and channel = @channel {session.Dialect.ForUpdate}
        """, new { alert, channel }, ct);

    /// <summary>It is told by a step of an escalation, so its routes' hours do not hold it.</summary>
    public Task SetEscalation(DbSession session, Delivery delivery, int step, CancellationToken ct) => session.Execute( // primary key
        "update notifier_deliveries set escalation = @step where delivery_id = @Id", new { delivery.Id, step }, ct);

    /// <summary>A delivery, read without waiting for its lock; null when there is none.</summary>
    public Task<Delivery?> Find(DbSession session, Guid delivery, CancellationToken ct) => session.First<Delivery>( // primary key
        $"select {Columns} from notifier_deliveries where delivery_id = @delivery", new { delivery }, ct);

    /// <summary>A delivery that is not settled, read without waiting for its lock; null when it is.</summary>
    public async Task<Delivery?> FindOpen(DbSession session, Guid delivery, CancellationToken ct) =>
        await session.First<Delivery>("select state State, kind Kind from notifier_deliveries where delivery_id = @key", // primary key
            new { key = delivery }, ct) is { IsOpen: true } open ? open : null;

    /// <summary>
    /// Has one that has failed or is uncertain tried again, for as long as a new one. No notifier has claimed such a one, and the first that finds it
    /// overdue takes it as any other. False when it is neither, or not any more.
    /// </summary>
    /// <param name="session">Its transaction.</param>
    /// <param name="delivery">The delivery's id.</param>
    /// <param name="due">Since when it is due, as stored.</param>
    /// <param name="giveUpAfter">How long it is tried.</param>
    /// <param name="note">Begins with <see cref="RetriedBy"/>.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<bool> Retry(DbSession session, Guid delivery, long due, TimeSpan giveUpAfter, string note, CancellationToken ct) =>
        await session.Execute(
        """
        update notifier_deliveries set state = 'pending', claimed_until = 0, settled_at = null, next_attempt_at = @due, give_up_at = @giveUpAt,
          reason = @note, receipt = null
        where delivery_id = @key and state in ('failed', 'uncertain')
        """, // primary key
        new { key = delivery, due, giveUpAt = time.Milliseconds() + (long)giveUpAfter.TotalMilliseconds, note = note.Truncate(500) },
        ct) == 1;

    public async Task Settle(DbSession session, IEnumerable<Delivery> settled, DeliveryState state, string? reason, string? receipt,
        CancellationToken ct)
    {
        var ids = settled.Select(d => d.Id).Literals();
        if (ids.Length > 0)
            await session.Execute(
                $"""
                update notifier_deliveries set state = '{state.Stored()}', reason = {Reason(session, reason)},
                  receipt = {Literal(session, receipt, 255)},
                  claimed_until = 0, settled_at = {time.Milliseconds()}
                where delivery_id in ({ids})
                """, null, ct);
    }

    public Task Postpone(DbSession session, Delivery delivery, TimeSpan wait, string? reason, CancellationToken ct) => session.Execute(
        """
        update notifier_deliveries set state = 'pending', claimed_until = 0, next_attempt_at = @next, reason = coalesce(@reason, reason)
        where delivery_id = @Id
        """, new { delivery.Id, next = time.Milliseconds() + (long)wait.TotalMilliseconds, reason = reason?.Truncate(500) }, ct);

    /// <summary>What was held is due, and is tried for as long as a new one.</summary>
    public Task Release(DbSession session, Guid delivery, TimeSpan giveUpAfter, CancellationToken ct) => session.Execute(
        """
        update notifier_deliveries set state = 'pending', next_attempt_at = @now, give_up_at = @giveUpAt, reason = null where delivery_id = @key
        """, // primary key
        new { key = delivery, now = time.Milliseconds(), giveUpAt = time.Milliseconds() + (long)giveUpAfter.TotalMilliseconds }, ct);

    /// <summary>
    /// Takes deliveries on these channels whose message must have been lost, and pushes them ahead so that no other sweep takes them too.
    /// </summary>
    public async Task<List<Delivery>> TakeOverdue(DbSession session, IEnumerable<string> channels, TimeSpan overdue, TimeSpan ahead, int limit,
        CancellationToken ct)
    {
        var now = time.Milliseconds();
        // ix_deliveries_state (state, next_attempt_at)
        var lost = await session.Query<Delivery>(
            $"""
            select {Columns} from notifier_deliveries
            where state in ('pending', 'sending') and next_attempt_at < @before and channel in @channels
            order by next_attempt_at limit {limit} {session.Dialect.ForUpdateSkipLocked}
            """, new { before = now - (long)overdue.TotalMilliseconds, channels }, ct);
        if (lost.Count > 0)
            await session.Execute(
                $"update notifier_deliveries set next_attempt_at = @next where delivery_id in ({lost.Select(d => d.Id).Literals()})",
                new { next = now + (long)ahead.TotalMilliseconds }, ct);
        return lost;
    }

    /// <summary>Those that have been open for so long on none of these channels, claimed by nobody; those of drills go with their drill.</summary>
    public Task<List<Delivery>> Orphans(DbSession session, IEnumerable<string> channels, TimeSpan since, int limit, CancellationToken ct) =>
        session.Query<Delivery>( // ix_deliveries_state
        $"""
        select {Columns} from notifier_deliveries
        where state in ('pending', 'waiting', 'sending', 'held') and channel not in @channels and created_at < @before and claimed_until <= @now
          and alert_id not in (select alert_id from notifier_drills)
        limit {limit}
        """, new { channels, now = time.Milliseconds(), before = time.Milliseconds() - (long)since.TotalMilliseconds }, ct);

    /// <summary>How many wait, and since when, by channel; drills are not among them, nor what a vendor has already.</summary>
    public Task<List<WaitingOfChannel>> CountWaiting(DbSession session, CancellationToken ct) => session.Query<WaitingOfChannel>(
        """
        select channel Channel, count(*) Count, count(case when state = 'waiting' then 1 end) InLine, min(created_at) Since
        from notifier_deliveries where state in ('pending', 'waiting', 'sending') and receipt is null
          and alert_id not in (select alert_id from notifier_drills)
        group by channel
        """, null, ct); // ix_deliveries_state; of drills there are a handful

    // Who had it sent again stays to be read.
    static string Reason(DbSession session, string? reason) =>
        reason is null ? $"case when reason like '{RetriedBy}%' then reason end" : Literal(session, reason, 500);

    // Always in the same order, which is that of the locks.
    static string KindLiterals(DbSession session, IEnumerable<string> kinds) => string.Join(", ", kinds
        .Concat([DeliveryKind.Acknowledged, DeliveryKind.Cleared, DeliveryKind.Raised]).Distinct()
        .Order(StringComparer.Ordinal).Select(session.Dialect.Text));

    internal static string Literal(DbSession session, string? text, int length) =>
        text is null ? "null" : session.Dialect.Text(text.Truncate(length));

    /// <param name="Raise">The raise.</param>
    /// <param name="Clear">The clear.</param>
    /// <param name="Others">The acknowledgement, and those of escalations and reminders that were locked with them.</param>
    internal sealed record RaiseAndClear(Delivery? Raise, Delivery? Clear, IReadOnlyList<Delivery> Others)
    {
        public Delivery? Acknowledgement => Others.FirstOrDefault(other => other.Kind == DeliveryKind.Acknowledged);

        public Delivery? Of(Guid id) => Raise?.Id == id ? Raise : Clear?.Id == id ? Clear : Others.FirstOrDefault(other => other.Id == id);
    }

    internal sealed class WaitingOfChannel
    {
        public string Channel { get; init; } = "";
        public long Count { get; init; }
        public long InLine { get; init; }
        public long Since { get; init; }
    }
}
