using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Life;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Queries;

/// <summary>The alerts that are raised now.</summary>
public sealed class RaisedAlertQuery(Database database)
{
    const int RowsPerStatement = 500, MostRows = 10_000;

    /// <summary>All of them that somebody was told of, the newest first.</summary>
    public async Task<IReadOnlyList<RaisedAlert>> All(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return [.. (await TriggerTable.AllRaised(session, ct)).Where(trigger => !trigger.Shadow).Select(Of)];
    }

    /// <summary>
    /// Some of those that fit, the newest first; with where to go on, when there may be more. A page may have fewer than were asked for: so many rows
    /// are looked at for one, and no more.
    /// </summary>
    public async Task<(IReadOnlyList<RaisedAlert> Alerts, long? Next)> Page(AlertFilter filter, long? before, int most, CancellationToken ct)
    {
        List<RaisedAlert> found = [];
        var (at, looked) = (before ?? long.MaxValue, 0);
        await using var session = await database.Begin(ct);
        while (true)
        {
            var rows = await TriggerTable.RaisedBefore(session, at, RowsPerStatement, ct);
            foreach (var (row, trigger) in rows)
            {
                at = row;
                if (!filter.Fits(trigger))
                    continue;
                found.Add(Of(trigger));
                if (found.Count == most)
                    return (found, at);
            }
            looked += rows.Count;
            if (rows.Count < RowsPerStatement)
                return (found, null);
            if (looked >= MostRows)
                return (found, at);
        }
    }

    /// <summary>One of them; null when it is over, or when nobody was told of it.</summary>
    public async Task<RaisedAlert?> Find(Guid alert, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await TriggerTable.FindByAlert(session, alert, ct) is { Shadow: false } trigger ? Of(trigger) : null;
    }

    /// <summary>The one of a trigger, also of a rule in the shadow; null when it is not raised.</summary>
    public async Task<RaisedAlert?> FindByTrigger(Guid trigger, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await TriggerTable.Find(session, trigger, ct) is { } found ? Of(found) : null;
    }

    /// <summary>Whether a command about an alert has been obeyed.</summary>
    public async Task<bool> HasObeyed(Guid alert, Guid command, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await AlertNotes.Has(session, alert, command, ct);
    }

    /// <summary>What people did with an alert, also with one that is over; the oldest first.</summary>
    public async Task<IReadOnlyList<AlertDeed>> Life(Guid alert, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return [.. (await AlertNotes.Of(session, alert, ct)).Select(note => new AlertDeed(note.What, note.By, note.Comment, note.At.ToTime(),
            note.AssignedTo, note.SnoozedUntil is { } until and not DueSweep.Never ? until.ToTime() : null))];
    }

    /// <summary>
    /// What people did with all alerts, the newest first; with where to go on, when there may be more. A page may have fewer than were asked for.
    /// </summary>
    internal async Task<(IReadOnlyList<PastDeed> Deeds, NotePlace? Next)> Deeds(DeedFilter filter, NotePlace? before, int most, CancellationToken ct)
    {
        List<PastDeed> found = [];
        var (at, looked) = (before ?? NotePlace.Newest with { At = filter.To?.ToUnixTimeMilliseconds() ?? long.MaxValue }, 0);
        var from = filter.From?.ToUnixTimeMilliseconds() ?? 0;
        await using var session = await database.Begin(ct);
        while (true)
        {
            var rows = await AlertNotes.Newest(session, from, at, RowsPerStatement, ct);
            foreach (var (place, note) in rows)
            {
                at = place;
                if (!filter.Fits(note))
                    continue;
                found.Add(new PastDeed(place.Alert, place.Command, note.What, note.By, note.Comment, note.At.ToTime(), note.AssignedTo,
                    note.SnoozedUntil is { } until and not DueSweep.Never ? until.ToTime() : null));
                if (found.Count == most)
                    return (found, at);
            }
            looked += rows.Count;
            if (rows.Count < RowsPerStatement)
                return (found, null);
            if (looked >= MostRows)
                return (found, at);
        }
    }

    static RaisedAlert Of(Trigger trigger) => new(trigger.CorrelationId, trigger.AlertId, trigger.Rule, trigger.Source, trigger.Severity,
        trigger.Labels, trigger.Count, trigger.Threshold, trigger.RaisedAt, trigger.Kind, trigger.Summary, trigger.AcknowledgedAt,
        trigger.AcknowledgedBy)
    {
        AssignedTo = trigger.AssignedTo, IsSnoozed = trigger.SnoozedUntil is not null,
        SnoozedUntil = trigger.SnoozedUntil is { } until and not DueSweep.Never ? until.ToTime() : null,
        Category = trigger.Category, Value = trigger.Value, Limit = trigger.Limit, Unit = trigger.Unit, Url = trigger.Url,
        Annotations = trigger.Annotations, RuleRevision = trigger.RuleRevision, IsShadow = trigger.Shadow,
    };
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

    /// <summary>The rule's when it was raised; null when it has none.</summary>
    public string? Category { get; init; }

    /// <summary>What was measured when it was last told; null where nothing is measured.</summary>
    public double? Value { get; init; }

    /// <summary>Against what.</summary>
    public double? Limit { get; init; }

    /// <summary>Unit of both.</summary>
    public string? Unit { get; init; }

    /// <summary>Where more is to be seen; null when nowhere.</summary>
    public string? Url { get; init; }

    /// <summary>What describes it.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>The change of the rule book it was last judged by; 0 when the settings have its rule.</summary>
    public long RuleRevision { get; init; }

    /// <summary>Whether nobody is told of it.</summary>
    public bool IsShadow { get; init; }
}

/// <summary>Which raised alerts are wanted; what is null is not looked at.</summary>
public sealed record AlertFilter
{
    /// <summary>Name of the rule.</summary>
    public string? Rule { get; init; }

    /// <summary>Kind of the rule.</summary>
    public string? Kind { get; init; }

    /// <summary>Source of the news.</summary>
    public string? Source { get; init; }

    /// <summary>The severity.</summary>
    public string? Severity { get; init; }

    /// <summary>The category.</summary>
    public string? Category { get; init; }

    /// <summary>Labels with their values, all of them.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether somebody has taken it on.</summary>
    public bool? IsAcknowledged { get; init; }

    /// <summary>Whose task it is.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>Those of rules in the shadow instead, of which nobody is told.</summary>
    public bool IsShadow { get; init; }

    internal bool Fits(Trigger trigger) => trigger.Shadow == IsShadow
        && Is(Rule, trigger.Rule) && Is(Kind, trigger.Kind) && Is(Source, trigger.Source) && Is(Severity, trigger.Severity)
        && Is(Category, trigger.Category) && Is(AssignedTo, trigger.AssignedTo)
        && (IsAcknowledged is not { } wanted || wanted == trigger.AcknowledgedAt is not null)
        && Labels.All(label => trigger.Labels.GetValueOrDefault(label.Key) == label.Value);

    static bool Is(string? wanted, string? value) => wanted is null || wanted == value;
}

/// <summary>Which deeds are wanted; what is null is not looked at.</summary>
internal sealed record DeedFilter(string? What, string? By, DateTimeOffset? From, DateTimeOffset? To)
{
    public bool Fits(AlertNote note) => (What is null || What == note.What) && (By is null || By == note.By);
}

/// <summary>What somebody did with one of many alerts.</summary>
internal sealed record PastDeed(Guid AlertId, Guid CommandId, string What, string By, string? Comment, DateTimeOffset At, string? AssignedTo,
    DateTimeOffset? SnoozedUntil);

/// <summary>What somebody did with an alert.</summary>
/// <param name="What"><c>acknowledged</c>, <c>commented</c>, <c>assigned</c>, <c>snoozed</c> or <c>closed</c>.</param>
/// <param name="By">Who.</param>
/// <param name="Comment">What was said; null when nothing.</param>
/// <param name="At">When, UTC.</param>
/// <param name="AssignedTo">Whose task it was then; null when nobody's.</param>
/// <param name="SnoozedUntil">Until when it was snoozed then; null when it was not, or until it is cleared.</param>
public sealed record AlertDeed(string What, string By, string? Comment, DateTimeOffset At, string? AssignedTo, DateTimeOffset? SnoozedUntil);
