using Sigma.Hosting.Texts;
using Sigma.Storage;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.Snoozes;

/// <summary>The snoozes, as stored: of each alert the newest that was heard. Who writes has locked the alert's row.</summary>
internal sealed class SnoozeTable(TimeProvider time) : IClockStepRepair
{
    const int LongestBy = 100, LongestComment = 500;

    // Further ahead than clocks of an evaluator and a notifier differ.
    static readonly TimeSpan Future = TimeSpan.FromMinutes(1);

    // Of those that have ended: older ones were looked at often enough.
    static readonly TimeSpan Watched = TimeSpan.FromHours(1);

    const string Columns =
        """
        alert_id AlertId, ends_at EndsAt, snoozed_by SnoozedBy, comment Comment, changed_at ChangedAt, reminders Reminders, ended_at EndedAt
        """;

    /// <summary>Those that were not ended; always in the same order.</summary>
    public async Task<List<Snooze>> Active(DbSession session, CancellationToken ct) => [.. (await session.Query<StoredSnooze>( // ix_snoozes_ended
        $"select {Columns} from notifier_snoozes where ended_at is null order by alert_id", new { }, ct)).Select(stored => stored.Snooze)];

    /// <summary>That of an alert; null when there is none, or none any more.</summary>
    public async Task<Snooze?> Find(DbSession session, Guid alert, CancellationToken ct) => (await session.First<StoredSnooze>( // primary key
        $"select {Columns} from notifier_snoozes where alert_id = @key and ended_at is null", new { key = alert }, ct))?.Snooze;

    /// <summary>The alerts whose snooze is over by its time.</summary>
    public Task<List<Guid>> Due(DbSession session, int limit, CancellationToken ct) => session.Query<Guid>( // ix_snoozes_ended
        $"select alert_id from notifier_snoozes where ended_at is null and ends_at <= @now order by ends_at limit {limit}",
        new { now = time.Milliseconds() }, ct);

    /// <summary>What was heard of an alert last, locked; of one of which nothing was, a row that says so.</summary>
    public async Task<StoredSnooze> Lock(DbSession session, Guid alert, CancellationToken ct)
    {
        if (await LockKnown(session, alert, ct) is { } known)
            return known;
        await session.Execute(
            $"{session.Dialect.InsertIgnore} into notifier_snoozes(alert_id, snoozed_by, changed_at, ended_at) values(@key, '', 0, @now)",
            new { key = alert, now = time.Milliseconds() }, ct);
        return (await LockKnown(session, alert, ct))!;
    }

    /// <summary>The same; null when nothing was.</summary>
    public Task<StoredSnooze?> LockKnown(DbSession session, Guid alert, CancellationToken ct) => session.First<StoredSnooze>( // primary key
        $"select {Columns} from notifier_snoozes where alert_id = @key {session.Dialect.ForUpdate}", new { key = alert }, ct);

    /// <summary>It begins, or has another end.</summary>
    public Task Begin(DbSession session, Snooze snooze, long changedAt, CancellationToken ct) => session.Execute( // primary key
        """
        update notifier_snoozes set ends_at = @ends, snoozed_by = @by, comment = @comment, changed_at = @changedAt, ended_at = null
        where alert_id = @key
        """,
        new
        {
            key = snooze.AlertId, ends = snooze.Until?.ToUnixTimeMilliseconds(), by = snooze.By.Truncate(LongestBy),
            comment = snooze.Comment?.Truncate(LongestComment), changedAt,
        }, ct);

    /// <summary>It is over, if it was not.</summary>
    /// <param name="session">Its transaction.</param>
    /// <param name="snooze">It, locked.</param>
    /// <param name="changedAt">Of the news that said so; what it was, where its time did.</param>
    /// <param name="reminders">How often the alert was told again by now.</param>
    /// <param name="ct">Ends the waiting.</param>
    public Task End(DbSession session, StoredSnooze snooze, long changedAt, int reminders, CancellationToken ct) => session.Execute( // primary key
        """
        update notifier_snoozes set changed_at = @changedAt, reminders = @reminders, ended_at = coalesce(ended_at, @now) where alert_id = @AlertId
        """, new { snooze.AlertId, changedAt, reminders, now = time.Milliseconds() }, ct);

    /// <summary>News that was written while a clock was ahead keeps off none that comes from now on.</summary>
    public Task<int> Repair(DbSession session, long now, CancellationToken ct) => session.Execute( // ix_snoozes_ended
        """
        update notifier_snoozes set changed_at = @now where (ended_at is null or ended_at >= @since) and changed_at > @future
        """,
        new { now, since = now - (long)Watched.TotalMilliseconds, future = now + (long)Future.TotalMilliseconds }, ct);

    /// <summary>It ends with its alert.</summary>
    public Task EndWithAlert(DbSession session, Guid alert, CancellationToken ct) => session.Execute( // primary key
        "update notifier_snoozes set ended_at = @now where alert_id = @key and ended_at is null",
        new { key = alert, now = time.Milliseconds() }, ct);
}

/// <summary>A row of the table. Times as stored.</summary>
internal sealed class StoredSnooze
{
    public Guid AlertId { get; init; }
    public long? EndsAt { get; init; }
    public string SnoozedBy { get; init; } = "";
    public string? Comment { get; init; }
    public long ChangedAt { get; init; }
    public int Reminders { get; init; }
    public long? EndedAt { get; init; }

    public Snooze Snooze => new(AlertId, EndsAt?.ToTime(), SnoozedBy, Comment);
}
