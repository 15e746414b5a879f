using Microsoft.Extensions.Options;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Api;

/// <summary>Finds out what the evaluator knows of a key. None of its statements waits for a lock.</summary>
internal sealed class KeyExplanation(Database database, RaisedAlertQuery raised, IOptions<EvaluatorOptions> options, TimeProvider time)
{
    public async Task<ExplainedKey> Of(RuleSet rules, Rule rule, Dictionary<string, string> key, long at, CancellationToken ct)
    {
        var trigger = rule.TriggerId(key);
        var limits = rule.LimitsOf(key);
        var (from, keptSince) = (at - rule.Window, time.Milliseconds() - (long)KeyQuery.EventsKeptFor(rules, options.Value).TotalMilliseconds);
        var covered = await new CoverageQuery(database).All(rule.CoveredAs, ct);
        var alert = await raised.FindByTrigger(trigger, ct);
        var judged = await new KeyQuery(database, rules)
            .Judge(rule, key, at, alert is not null && covered is [.., var newest] ? newest.To : null, ct);
        await using var connection = await database.Open(ct);
        var window = await CountedWindow.Read(connection, trigger, at, rule.Window, limits.ClearBelow, keptSince, ct);
        var excused = await new StoredEvents(connection, rule.EventSource).Excused(trigger, from, at, ct);
        var passedOver = rule.PassedOverBy(key, partly: true);
        return new ExplainedKey(rule.Name, key, from.ToTime(), at.ToTime(), window.Count, limits.Threshold, limits.ClearBelow)
        {
            RuleRevision = rule.Revision, IsOwn = rules.IsOwn(key), PassedOverBy = passedOver?.Label, Override = rule.OverrideOf(key),
            IsWholeWindowKept = from >= keptSince, Before = window.Before, OldestAt = window.OldestAt?.ToTime(), NewestAt = window.NewestAt?.ToTime(),
            Pieces = [.. window.Buckets.Select(piece => new PieceOfWindow(piece.To.ToTime(), piece.New, piece.InWindow))],
            ReachedAt = judged.Reached?.At.ToTime(), ReachedBy = judged.Reached?.Count,
            RaiseAt = judged.RaiseAt?.ToTime(), JudgedThrough = judged.JudgedThrough > 0 ? judged.JudgedThrough.ToTime() : null,
            LeftToClear = judged.Left?.Count, ClearableAt = judged.Left?.LimitingEventAt is { } limiting ? (limiting + rule.Window).ToTime() : null,
            Excused = excused is null ? null : new ExcusedPart(excused.Count, excused.Occurrences, excused.FirstAt.ToTime(), excused.LastAt.ToTime()),
            Covered = [.. covered.Where(stretch => stretch.To > from && stretch.From < at)
                .Select(stretch => new CoveredStretch(stretch.From.ToTime(), stretch.To.ToTime()))],
            Alert = alert,
        };
    }
}

/// <summary>What is known of a key at a moment. Times in UTC.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Labels">The key.</param>
/// <param name="From">Where the window begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Count">Events in it.</param>
/// <param name="Threshold">At how many an alert is raised.</param>
/// <param name="ClearBelow">Below how many it is cleared.</param>
internal sealed record ExplainedKey(string Rule, IReadOnlyDictionary<string, string> Labels, DateTimeOffset From, DateTimeOffset To, long Count,
    int Threshold, int ClearBelow)
{
    /// <summary>The rule's last change; 0 when the settings have it.</summary>
    public long RuleRevision { get; init; }

    /// <summary>Whether its events are those we put into the source ourselves, which never count.</summary>
    public bool IsOwn { get; init; }

    /// <summary>The label for whose value the rule does not count it; null when it does.</summary>
    public string? PassedOverBy { get; init; }

    /// <summary>Which override gives it its limits, from 0; null when none does.</summary>
    public int? Override { get; init; }

    /// <summary>Whether none of the window's events can be deleted by now.</summary>
    public bool IsWholeWindowKept { get; init; }

    /// <summary>Events of the window before.</summary>
    public long Before { get; init; }

    public DateTimeOffset? OldestAt { get; init; }

    public DateTimeOffset? NewestAt { get; init; }

    /// <summary>The window in pieces, the oldest first.</summary>
    public IReadOnlyList<PieceOfWindow> Pieces { get; init; } = [];

    /// <summary>The latest instant in the window at which the count was at the threshold or above; null when there was none.</summary>
    public DateTimeOffset? ReachedAt { get; init; }

    /// <summary>Events then.</summary>
    public int? ReachedBy { get; init; }

    /// <summary>When it is raised if it is so still, because its rule has hours or wants it to last; null when it does not wait.</summary>
    public DateTimeOffset? RaiseAt { get; init; }

    /// <summary>Up to when earlier episodes were judged; null when there was none.</summary>
    public DateTimeOffset? JudgedThrough { get; init; }

    /// <summary>Events that the next look whether the alert is over finds; null when there are none, or no alert.</summary>
    public int? LeftToClear { get; init; }

    /// <summary>Not before this can it be over, if nothing comes any more; null when it can be now.</summary>
    public DateTimeOffset? ClearableAt { get; init; }

    /// <summary>What would count if its occurrence had not been closed by the system user.</summary>
    public ExcusedPart? Excused { get; init; }

    /// <summary>Which time about the window is counted without a gap.</summary>
    public IReadOnlyList<CoveredStretch> Covered { get; init; } = [];

    /// <summary>The alert that is raised; null when none is.</summary>
    public RaisedAlert? Alert { get; init; }
}

/// <summary>A piece of a window.</summary>
/// <param name="To">Its last instant.</param>
/// <param name="Events">Events counted in it.</param>
/// <param name="InWindow">Events in the window that ends with it; null where some of that window may be deleted already.</param>
internal sealed record PieceOfWindow(DateTimeOffset To, long Events, long? InWindow);

/// <summary>Events that are excused.</summary>
internal sealed record ExcusedPart(long Events, int Occurrences, DateTimeOffset FirstAt, DateTimeOffset LastAt);

/// <summary>Time that is counted without a gap.</summary>
internal sealed record CoveredStretch(DateTimeOffset From, DateTimeOffset To);
