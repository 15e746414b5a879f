using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Life;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Queries;

/// <summary>The alerts that are raised now.</summary>
public sealed class RaisedAlertQuery(Database database)
{
    /// <summary>All of them that somebody was told of, the newest first.</summary>
    public async Task<IReadOnlyList<RaisedAlert>> All(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return [.. (await TriggerTable.AllRaised(session, ct)).Where(trigger => !trigger.Shadow)
            .Select(trigger => new RaisedAlert(trigger.CorrelationId, trigger.AlertId, trigger.Rule,
            trigger.Source, trigger.Severity, trigger.Labels, trigger.Count, trigger.Threshold, trigger.RaisedAt, trigger.Kind,
            trigger.Summary, trigger.AcknowledgedAt, trigger.AcknowledgedBy)
            {
                AssignedTo = trigger.AssignedTo, IsSnoozed = trigger.SnoozedUntil is not null,
                SnoozedUntil = trigger.SnoozedUntil is { } until and not DueSweep.Never ? until.ToTime() : null,
            })];
    }

    /// <summary>What people did with an alert, also with one that is over; the oldest first.</summary>
    public async Task<IReadOnlyList<AlertDeed>> Life(Guid alert, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return [.. (await AlertNotes.Of(session, alert, ct)).Select(note => new AlertDeed(note.What, note.By, note.Comment, note.At.ToTime(),
            note.AssignedTo, note.SnoozedUntil is { } until and not DueSweep.Never ? until.ToTime() : null))];
    }
}

/// <summary>An alert that is raised.</summary>
/// <param name="TriggerId">Follows from its rule and key.</param>
/// <param name="AlertId">Identity of this episode.</param>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Source">Source of the events.</param>
/// <param name="Severity">The rule's when it was raised.</param>
/// <param name="Labels">The key.</param>
/// <param name="Count">Events in the window that raised it; null where none are counted.</param>
/// <param name="Threshold">The threshold then; null where none are counted.</param>
/// <param name="RaisedAt">When.</param>
/// <param name="Kind">Kind of the rule.</param>
/// <param name="Summary">What it says of itself; null when nothing.</param>
/// <param name="AcknowledgedAt">When somebody took it on; null while nobody has.</param>
/// <param name="AcknowledgedBy">Who.</param>
public sealed record RaisedAlert(Guid TriggerId, Guid AlertId, string Rule, string Source, string Severity,
    IReadOnlyDictionary<string, string> Labels, int? Count, int? Threshold, DateTimeOffset RaisedAt, string Kind, string? Summary,
    DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy)
{
    /// <summary>Whose task it is; null when nobody's.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>Whether nobody wants to hear of it again for a while.</summary>
    public bool IsSnoozed { get; init; }

    /// <summary>Until when; null when it is not snoozed, or until it is cleared.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }
}

/// <summary>What somebody did with an alert.</summary>
/// <param name="What"><c>acknowledged</c>, <c>commented</c>, <c>assigned</c>, <c>snoozed</c> or <c>closed</c>.</param>
/// <param name="By">Who.</param>
/// <param name="Comment">What was said; null when nothing.</param>
/// <param name="At">When, UTC.</param>
/// <param name="AssignedTo">Whose task it was then; null when nobody's.</param>
/// <param name="SnoozedUntil">Until when it was snoozed then; null when it was not, or until it is cleared.</param>
public sealed record AlertDeed(string What, string By, string? Comment, DateTimeOffset At, string? AssignedTo, DateTimeOffset? SnoozedUntil);
