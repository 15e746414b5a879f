using Sigma.Contracts;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Decisions;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Escalation;
using Sigma.Notifier.Holds;
using Sigma.Notifier.Routing;
using Sigma.Storage;

namespace Sigma.Notifier.Snoozes;

/// <summary>
/// Begins and ends the snooze of an alert. Whoever calls has locked the alert's row: so a snooze, a step of an escalation, an acknowledgement and the
/// end of the alert come one after the other.
/// </summary>
internal sealed class AlertSnoozes(SnoozeTable table, HoldBook book, DeliveryPlan plan, Escalations escalations, DecisionTable decisions,
    TimeProvider time)
{
    /// <summary>The newest news counts, in whichever order it comes; of an alert that is over nothing is snoozed.</summary>
    public async Task Hear(DbSession session, AlertUpdated news, Episode? episode, CancellationToken ct)
    {
        if (episode is { ClearedAt: not null })
            return;
        var at = news.UpdatedAt.ToUnixTimeMilliseconds();
        var known = await table.Lock(session, news.AlertId, ct);
        if (known.ChangedAt >= at)
            return;
        session.AfterCommit(book.Forget);
        if (news.Snoozed)
        {
            Snooze snooze = new(news.AlertId, news.SnoozedUntil, news.By ?? "?", news.Comment);
            await table.Begin(session, snooze, at, ct);
            await decisions.Add(session, new(news.AlertId, DecisionKind.Snoozed, null, snooze.Reason), ct);
        }
        else
            await End(session, known, at, episode, $"ended by {news.By ?? "?"}", ct);
    }

    /// <summary>Ends one whose time is over.</summary>
    public async Task EndIfDue(DbSession session, Guid alert, Episode? episode, CancellationToken ct)
    {
        if (await table.LockKnown(session, alert, ct) is { EndedAt: null } known && known.EndsAt <= time.GetUtcNow().ToUnixTimeMilliseconds())
            await End(session, known, known.ChangedAt, episode, "its time is over", ct);
    }

    async Task End(DbSession session, StoredSnooze known, long changedAt, Episode? episode, string why, CancellationToken ct)
    {
        var lasted = known.EndedAt is null;
        var number = known.Reminders + 1;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        IReadOnlyList<string> told = [];
        if (lasted && episode is { RaisedAt: not null, ClearedAt: null, AcknowledgedAt: null })
        {
            told = await plan.Remind(session, episode.AlertId, AlertFacts.Of(episode), number,
                Math.Min(known.EndsAt ?? now, now), ct);
            await escalations.Resume(session, episode.AlertId, ct);
        }
        await table.End(session, known, changedAt, told.Count > 0 ? number : known.Reminders, ct);
        if (lasted)
            await decisions.Add(session, new(known.Snooze.AlertId, DecisionKind.Unsnoozed, null, $"{why}: {Outcome(episode, told)}"), ct);
    }

    static string Outcome(Episode? episode, IReadOnlyList<string> told) => episode switch
    {
        { ClearedAt: not null } => "the alert is over",
        { AcknowledgedAt: not null } => $"nobody is told again, for {episode.AcknowledgedBy} has taken it on",
        _ when told.Count > 0 => $"told again on {string.Join(", ", told)}",
        _ => "nobody to tell again",
    };
}
