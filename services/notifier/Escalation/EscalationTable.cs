using System.Text.Json;
using Sigma.Storage;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.Escalation;

/// <summary>The escalations, as stored.</summary>
internal sealed class EscalationTable(TimeProvider time) : IClockStepRepair
{
    // Further ahead than clocks of two notifiers differ.
    static readonly TimeSpan Future = TimeSpan.FromMinutes(1);

    const string Columns =
        "escalation_id Id, alert_id AlertId, policy Policy, steps StepsJson, next_step NextStep, due_at DueAt, state State";

    /// <summary>False when it is there already.</summary>
    public async Task<bool> Add(DbSession session, Guid alert, EscalationPolicy policy, long dueAt, CancellationToken ct) => await session.Execute(
        $"""
        {session.Dialect.InsertIgnore} into notifier_escalations(escalation_id, alert_id, policy, steps, due_at, state, created_at)
        values(@id, @alert, @Name, @steps, @dueAt, 'waiting', @now)
        """,
        new
        {
            id = IdOf(alert, policy.Name), alert, policy.Name, steps = JsonSerializer.Serialize(policy.Steps), dueAt,
            now = time.Milliseconds(),
        }, ct) == 1;

    /// <summary>It, locked; null when there is none.</summary>
    public Task<AlertEscalation?> Lock(DbSession session, Guid alert, string policy, CancellationToken ct) => session.First<AlertEscalation>(
        // primary key
        $"select {Columns} from notifier_escalations where escalation_id = @id {session.Dialect.ForUpdate}", new { id = IdOf(alert, policy) }, ct);

    /// <summary>Those of an alert that are not at their end, locked.</summary>
    public Task<List<AlertEscalation>> Waiting(DbSession session, Guid alert, CancellationToken ct) => session.Query<AlertEscalation>(
        // ix_escalations_alert
        $"select {Columns} from notifier_escalations where alert_id = @alert and state = 'waiting' order by policy {session.Dialect.ForUpdate}",
        new { alert }, ct);

    public Task SetNext(DbSession session, AlertEscalation escalation, int step, long dueAt, CancellationToken ct) => session.Execute( // primary key
        "update notifier_escalations set next_step = @step, due_at = @dueAt where escalation_id = @Id",
        new { escalation.Id, step, dueAt }, ct);

    /// <summary>Those of an alert that are not at their end are.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> End(DbSession session, Guid alert, EscalationState state, CancellationToken ct) => session.Execute( // ix_escalations_alert
        $"""
        update notifier_escalations set state = '{state.Stored()}', ended_at = @now
        where alert_id = @alert and state = 'waiting'
        """, new { alert, now = time.Milliseconds() }, ct);

    /// <summary>All its steps were taken.</summary>
    public Task Finish(DbSession session, AlertEscalation escalation, CancellationToken ct) => session.Execute( // primary key
        "update notifier_escalations set next_step = next_step + 1, state = 'done', ended_at = @now where escalation_id = @Id",
        new { escalation.Id, now = time.Milliseconds() }, ct);

    /// <summary>Those whose message must have been lost.</summary>
    public Task<List<AlertEscalation>> Overdue(DbSession session, TimeSpan overdue, int limit, CancellationToken ct) =>
        session.Query<AlertEscalation>( // ix_escalations_state
        $"select {Columns} from notifier_escalations where state = 'waiting' and due_at < @before order by due_at limit {limit}",
        new { before = time.Milliseconds() - (long)overdue.TotalMilliseconds }, ct);

    /// <summary>What was begun while a clock was ahead waits as long as it should; the sweep sends its message.</summary>
    public Task<int> Repair(DbSession session, long now, CancellationToken ct) => session.Execute( // ix_escalations_state
        """
        update notifier_escalations set due_at = due_at - (created_at - @now), created_at = @now where state = 'waiting' and created_at > @future
        """, new { now, future = now + (long)Future.TotalMilliseconds }, ct);

    static Guid IdOf(Guid alert, string policy) => Ids.From("escalation", alert.ToString("N"), policy);
}
