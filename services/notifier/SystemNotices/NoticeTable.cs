using Sigma.Hosting.Texts;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.SystemNotices;

internal sealed class NoticeTable(TimeProvider time)
{
    const string Columns =
        """
        notice_id Id, subject Subject, kind StoredKind, channel Channel, says Says, state State, attempts Attempts, reason Reason,
          next_attempt_at NextAttemptAt, give_up_at GiveUpAt
        """;

    /// <summary>One to be said, or one that was said before it could be written down. What is there already stays as it is.</summary>
    public Task Add(DbSession session, Guid subject, NoticeKind kind, string channel, string says, bool said, TimeSpan giveUpAfter,
        CancellationToken ct)
    {
        var now = time.Milliseconds();
        return session.Execute(
            $"""
            {session.Dialect.InsertIgnore} into notifier_notices(notice_id, subject, kind, channel, says, state, next_attempt_at, give_up_at,
              created_at, settled_at)
            values(@id, @subject, @kind, @channel, @says, @state, @now, @giveUpAt, @now, @settledAt)
            """,
            new
            {
                id = Ids.From("notice", subject.ToString("N"), kind.Stored(), channel), subject, kind = kind.Stored(), channel, says, now,
                state = (said ? DeliveryState.Sent : DeliveryState.Pending).Stored(), settledAt = said ? now : (long?)null,
                giveUpAt = now + (long)giveUpAfter.TotalMilliseconds,
            }, ct);
    }

    /// <summary>One that is due, locked; among them those whose claim has run out.</summary>
    public Task<Notice?> LockDue(DbSession session, CancellationToken ct) => session.First<Notice>( // ix_notices_state (state, next_attempt_at)
        $"""
        select {Columns} from notifier_notices
        where state in ('pending', 'sending') and next_attempt_at <= @now order by next_attempt_at limit 1 {session.Dialect.ForUpdateSkipLocked}
        """, new { now = time.Milliseconds() }, ct);

    /// <summary>The others on the same subject and channel.</summary>
    // uq_notices_subject (subject, kind, channel)
    public Task<List<Notice>> Others(DbSession session, Notice own, CancellationToken ct) => session.Query<Notice>(
        $"select {Columns} from notifier_notices where subject = @Subject and kind <> @StoredKind and channel = @Channel",
        new { own.Subject, own.StoredKind, own.Channel }, ct);

    public Task Claim(DbSession session, Notice own, TimeSpan claimFor, CancellationToken ct) => session.Execute(
        "update notifier_notices set state = 'sending', attempts = attempts + 1, next_attempt_at = @until where notice_id = @Id",
        new { own.Id, until = In(claimFor) }, ct);

    public Task Settle(DbSession session, Notice own, DeliveryState state, string? reason, CancellationToken ct) => session.Execute(
        "update notifier_notices set state = @state, reason = @reason, settled_at = @now where notice_id = @Id",
        new { own.Id, state = state.Stored(), reason = reason?.Truncate(500), now = time.Milliseconds() }, ct);

    /// <summary>Gives it back for a later try, unless somebody else has it by now.</summary>
    public Task Postpone(DbSession session, Notice own, int attempt, TimeSpan wait, string? reason, CancellationToken ct) => session.Execute(
        """
        update notifier_notices set state = 'pending', next_attempt_at = @next, reason = coalesce(@reason, reason)
        where notice_id = @Id and state in ('pending', 'sending') and attempts = @attempt
        """, new { own.Id, attempt, next = In(wait), reason = reason?.Truncate(500) }, ct);

    /// <summary>Forgets what was settled long ago.</summary>
    public Task Forget(DbSession session, TimeSpan keep, CancellationToken ct) => session.Execute(
        "delete from notifier_notices where state not in ('pending', 'sending', 'uncertain') and settled_at < @before",
        new { before = In(-keep) }, ct); // a handful of rows, and only when there is something new to say

    long In(TimeSpan wait) => time.Milliseconds() + (long)wait.TotalMilliseconds;
}
