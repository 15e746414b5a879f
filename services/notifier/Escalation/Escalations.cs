using Sigma.Notifier.Alerts;
using Sigma.Notifier.Decisions;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Holds;
using Sigma.Notifier.Routing;
using Sigma.Notifier.Snoozes;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Notifier.Escalation;

/// <summary>
/// Begins an alert's escalation, takes its steps, and ends it. Whoever calls has locked the alert's row: so a step, an acknowledgement and the end of
/// the alert come one after the other.
/// </summary>
internal sealed class Escalations(PolicyInForce policies, EscalationTable table, AlertHistory history, HoldBook book, SnoozeTable snoozes,
    DeliveryPlan plan, DecisionTable decisions, OutboxSender outbox, TimeProvider time)
{
    static readonly Uri Queue = new("exchange:" + NotifierQueues.Escalations);

    // The clock of who sends the message may be ahead of ours by this.
    static readonly TimeSpan Early = TimeSpan.FromSeconds(5);

    // A silence can be ended before its time, and the alert that inhibits be over. The end of a snooze is heard.
    static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    /// <summary>By the routes of an alert that is raised; what was acknowledged or cleared already has none.</summary>
    public async Task Begin(DbSession session, Guid alert, AlertFacts facts, CancellationToken ct)
    {
        if (facts.IsDrill)
            return;
        var policy = await policies.Read(session, ct);
        foreach (var name in policy.Routes.Of(facts).Select(route => route.Escalation).Where(name => name.Length > 0).Distinct())
        {
            if (await history.Find(session, alert, ct) is { ClearedAt: not null } or { AcknowledgedAt: not null })
                return;
            var escalation = policy.Escalations[name];
            var after = escalation.Steps[0].After;
            if (await table.Add(session, alert, escalation, Due(time.GetUtcNow() + after), ct))
                await Send(session, new() { AlertId = alert, Policy = name, Step = 0 }, after, ct);
        }
    }

    /// <summary>Takes a step, if it is the next and due.</summary>
    public async Task Take(DbSession session, EscalationDue due, Episode? episode, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await table.Lock(session, due.AlertId, due.Policy, ct) is not { State: "waiting" } escalation || escalation.NextStep != due.Step
            || escalation.DueAt > Due(now + Early))
            return;
        if (episode is null or { ClearedAt: not null } or { AcknowledgedAt: not null })
        {
            await End(session, due.AlertId, episode?.AcknowledgedAt is null ? EscalationState.Cleared : EscalationState.Acknowledged, ct);
            return;
        }
        var step = escalation.Steps[due.Step];
        var facts = AlertFacts.Of(episode);
        // A snooze as it is, not as it was two seconds ago: its news has locked the alert's row before us. One that is over by its time alone counts
        // too: who looks late, or just then, tells nobody else in the moment in which the first are told again.
        if ((await snoozes.Find(session, due.AlertId, ct))?.HoldAt(now - step.After) is { } snooze)
        {
            await Wait(session, escalation, due with { WasHeld = false }, snooze, (snooze.Until ?? now) + step.After - now, ct);
            return;
        }
        if ((await book.Read(session, ct)).WithoutSnoozeOf(due.AlertId).Of(due.AlertId, facts, now) is { } hold)
        {
            var again = hold.Until is { } until && until - now < LookAgain ? until - now : LookAgain;
            await Wait(session, escalation, due with { WasHeld = true }, hold, again, ct);
            return;
        }
        if (due.WasHeld) // nobody can have taken on what nobody was to be told of
        {
            await TakeLater(session, escalation, due with { WasHeld = false }, step.After, ct);
            return;
        }
        var told = await plan.Escalate(session, due.AlertId, facts, step.Receiver, due.Step + 1, ct);
        await decisions.Add(session, new(due.AlertId, told.Count > 0 ? DecisionKind.Escalated : DecisionKind.Unescalated, null,
            $"step {due.Step + 1} of {due.Policy}, not acknowledged: "
                + (told.Count > 0 ? $"{step.Receiver} on {string.Join(", ", told)}" : $"{step.Receiver} cannot be told, or is just being told")), ct);
        if (due.Step + 1 == escalation.Steps.Count)
        {
            await table.Finish(session, escalation, ct);
            return;
        }
        await TakeLater(session, escalation, due with { Step = due.Step + 1 }, escalation.Steps[due.Step + 1].After, ct);
    }

    /// <summary>A snooze has ended: a step that waited for that, or fell due meanwhile and was not looked at, is due its own time from now.</summary>
    public async Task Resume(DbSession session, Guid alert, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var waiting in await table.Waiting(session, alert, ct))
        {
            var after = waiting.Steps[waiting.NextStep].After;
            if (waiting.DueAt > Due(now) && waiting.DueAt <= Due(now + after))
                continue;
            await TakeLater(session, waiting, new() { AlertId = alert, Policy = waiting.Policy, Step = waiting.NextStep }, after, ct);
        }
    }

    /// <summary>Nobody else is told of this alert.</summary>
    public Task End(DbSession session, Guid alert, EscalationState state, CancellationToken ct) => table.End(session, alert, state, ct);

    /// <summary>The message of a step whose own must have been lost.</summary>
    public Task SendAgain(DbSession session, AlertEscalation escalation, CancellationToken ct) => Send(session,
        new() { AlertId = escalation.AlertId, Policy = escalation.Policy, Step = escalation.NextStep }, TimeSpan.Zero, ct);

    async Task Wait(DbSession session, AlertEscalation escalation, EscalationDue due, Hold hold, TimeSpan delay, CancellationToken ct)
    {
        await decisions.AddOnce(session, new(due.AlertId, DecisionKind.Unescalated, null, $"step {due.Step + 1} waits: {hold.Reason}"), ct);
        await TakeLater(session, escalation, due, delay, ct);
    }

    async Task TakeLater(DbSession session, AlertEscalation escalation, EscalationDue due, TimeSpan delay, CancellationToken ct)
    {
        await table.SetNext(session, escalation, due.Step, Due(time.GetUtcNow() + delay), ct);
        await Send(session, due, delay, ct);
    }

    Task Send(DbSession session, EscalationDue due, TimeSpan delay, CancellationToken ct) =>
        outbox.Send(session, Queue, due, due.AlertId, delay, ct);

    static long Due(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
