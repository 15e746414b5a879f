using Sigma.Hosting.Texts;
using Sigma.Storage;

namespace Sigma.Notifier.Decisions;

/// <summary>The decisions, as stored, in the transaction that makes them true.</summary>
internal sealed class DecisionTable(TimeProvider time)
{
    const int LongestReason = 500;

    /// <summary>One that is made once for an alert and channel: made again, it is not written again.</summary>
    public Task AddOnce(DbSession session, Decision decision, CancellationToken ct) =>
        Add(session, decision, Ids.From("decision", decision.AlertId.ToString("N"), decision.Kind.Stored(), decision.Channel ?? ""), ct);

    public Task Add(DbSession session, Decision decision, CancellationToken ct) => Add(session, decision, Guid.CreateVersion7(), ct);

    Task Add(DbSession session, Decision decision, Guid id, CancellationToken ct) => session.Execute(
        $"""
        {session.Dialect.InsertIgnore} into notifier_decisions(decision_id, alert_id, decided_at, kind, channel, reason)
        values(@id, @alert, @now, @kind, @channel, @reason)
        """,
        new
        {
            id, alert = decision.AlertId, now = time.Milliseconds(), kind = decision.Kind.Stored(), channel = decision.Channel,
            reason = decision.Reason.Truncate(LongestReason),
        }, ct);
}
