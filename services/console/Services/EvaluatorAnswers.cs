using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Sigma.OperatorConsole.Services;

/// <summary>A part of a list of a service.</summary>
public sealed record ServicePage<T>
{
    /// <summary>Those of this page.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>What to say as <c>after</c> to get those that follow; null when there are none.</summary>
    public string? Next { get; init; }
}

/// <summary>An alert that the evaluator has raised.</summary>
public sealed record RaisedAlert
{
    /// <summary>Identity of the episode.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Kind of the rule.</summary>
    public required string Kind { get; init; }

    /// <summary>Source of the news.</summary>
    public required string Source { get; init; }

    /// <summary>The rule's when it was raised.</summary>
    public required string Severity { get; init; }

    /// <summary>The key.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>Events in the window that raised it; null where none are counted.</summary>
    public int? Count { get; init; }

    /// <summary>The threshold then; null where none are counted.</summary>
    public int? Threshold { get; init; }

    /// <summary>What it says of itself.</summary>
    public string? Summary { get; init; }

    /// <summary>The rule's when it was raised.</summary>
    public string? Category { get; init; }

    /// <summary>What was measured when it was last told.</summary>
    public double? Value { get; init; }

    /// <summary>Against what.</summary>
    public double? Limit { get; init; }

    /// <summary>Unit of both.</summary>
    public string? Unit { get; init; }

    /// <summary>Where more is to be seen.</summary>
    public string? Url { get; init; }

    /// <summary>What describes it.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>When somebody took it on.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Whose task it is.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>Whether nobody wants to hear of it again for a while.</summary>
    public bool IsSnoozed { get; init; }

    /// <summary>Until when; null when it is not snoozed, or until it is cleared.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>The change of the rule book it was last judged by; 0 when the settings have its rule.</summary>
    public long RuleRevision { get; init; }

    /// <summary>Whether nobody is told of it.</summary>
    public bool IsShadow { get; init; }
}

/// <summary>An alert, and what people did with it.</summary>
public sealed record AlertWithNotes
{
    /// <summary>Identity of the episode.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>What it is; null when it is over.</summary>
    public RaisedAlert? Alert { get; init; }

    /// <summary>What people did, the oldest first.</summary>
    public IReadOnlyList<AlertNote> Notes { get; init; } = [];
}

/// <summary>What somebody did with an alert.</summary>
public sealed record AlertNote
{
    /// <summary><c>acknowledged</c>, <c>commented</c>, <c>assigned</c>, <c>snoozed</c> or <c>closed</c>.</summary>
    public required string What { get; init; }

    /// <summary>Who.</summary>
    public required string By { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was said.</summary>
    public string? Comment { get; init; }

    /// <summary>Whose task it was then.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>Until when it was snoozed then.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }
}

/// <summary>What is known of a key of a rule that counts, at a moment.</summary>
public sealed record ExplainedKey
{
    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>The key.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Where the window begins.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Where it ends.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Events in it.</summary>
    public long Count { get; init; }

    /// <summary>At how many an alert is raised.</summary>
    public int Threshold { get; init; }

    /// <summary>Below how many it is cleared.</summary>
    public int ClearBelow { get; init; }

    /// <summary>The rule's last change; 0 when the settings have it.</summary>
    public long RuleRevision { get; init; }

    /// <summary>Whether its events are those we put into the source ourselves.</summary>
    public bool IsOwn { get; init; }

    /// <summary>The label for whose value the rule does not count it; null when it does.</summary>
    public string? PassedOverBy { get; init; }

    /// <summary>Which override gives it its limits, from 0.</summary>
    public int? Override { get; init; }

    /// <summary>Whether none of the window's events can be deleted by now.</summary>
    public bool IsWholeWindowKept { get; init; }

    /// <summary>Events of the window before.</summary>
    public long Before { get; init; }

    /// <summary>The oldest event of the window.</summary>
    public DateTimeOffset? OldestAt { get; init; }

    /// <summary>The newest.</summary>
    public DateTimeOffset? NewestAt { get; init; }

    /// <summary>The window in pieces, the oldest first.</summary>
    public IReadOnlyList<WindowPiece> Pieces { get; init; } = [];

    /// <summary>The latest instant in the window at which the count was at the threshold or above.</summary>
    public DateTimeOffset? ReachedAt { get; init; }

    /// <summary>Events then.</summary>
    public int? ReachedBy { get; init; }

    /// <summary>When it is raised if it is so still; null when it does not wait.</summary>
    public DateTimeOffset? RaiseAt { get; init; }

    /// <summary>Up to when earlier episodes were judged.</summary>
    public DateTimeOffset? JudgedThrough { get; init; }

    /// <summary>Events that the next look whether the alert is over finds.</summary>
    public int? LeftToClear { get; init; }

    /// <summary>Not before this can it be over.</summary>
    public DateTimeOffset? ClearableAt { get; init; }

    /// <summary>What would count if its occurrence had not been closed by the system user.</summary>
    public ExcusedEvents? Excused { get; init; }

    /// <summary>Which time about the window is counted without a gap.</summary>
    public IReadOnlyList<TimeStretch> Covered { get; init; } = [];

    /// <summary>The alert that is raised; null when none is.</summary>
    public RaisedAlert? Alert { get; init; }
}

/// <summary>Of which account the keys are asked for.</summary>
public sealed record KeysQuestion
{
    /// <summary>The label <c>account</c>, and what else is certain of them.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Only of this rule.</summary>
    public string? Rule { get; init; }

    /// <summary>Only of rules of this source.</summary>
    public string? Source { get; init; }

    /// <summary>As it was at this time; null for now.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>The keys that rules count for an account.</summary>
public sealed record KeysOfAccount
{
    /// <summary>The moment, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Names of the rules that were looked at.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>The newest event of the account that is kept, UTC; null when none is.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>By rule, the fullest first.</summary>
    public IReadOnlyList<CountedKey> Keys { get; init; } = [];
}

/// <summary>A key, and how full its window is.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Source">Source of its events.</param>
/// <param name="Labels">The key.</param>
/// <param name="Count">Events in the window.</param>
/// <param name="Threshold">At how many an alert is raised.</param>
/// <param name="ClearBelow">Below how many it is cleared.</param>
/// <param name="AlertId">The alert that is raised; null when none is.</param>
/// <param name="RaisedAt">Since when, UTC.</param>
public sealed record CountedKey(string Rule, string Source, IReadOnlyDictionary<string, string> Labels, long Count, int Threshold, int ClearBelow,
    Guid? AlertId, DateTimeOffset? RaisedAt);

/// <summary>A piece of a window.</summary>
/// <param name="To">Its last instant.</param>
/// <param name="Events">Events counted in it.</param>
/// <param name="InWindow">Events in the window that ends with it; null where that is not known any more.</param>
public sealed record WindowPiece(DateTimeOffset To, long Events, long? InWindow);

/// <summary>Events that are excused.</summary>
/// <param name="Events">How many.</param>
/// <param name="Occurrences">Of how many occurrences.</param>
/// <param name="FirstAt">The first.</param>
/// <param name="LastAt">The last.</param>
public sealed record ExcusedEvents(long Events, int Occurrences, DateTimeOffset FirstAt, DateTimeOffset LastAt);

/// <summary>Time from one moment to another.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
public sealed record TimeStretch(DateTimeOffset From, DateTimeOffset To);

/// <summary>All rules.</summary>
public sealed record RuleList
{
    /// <summary>The last change of the book; 0 before the first.</summary>
    public long Revision { get; init; }

    /// <summary>First those of the settings.</summary>
    public required IReadOnlyList<ListedRule> Rules { get; init; }
}

/// <summary>A rule, with who made it so.</summary>
public sealed record ListedRule
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the settings have it, which nobody changes here.</summary>
    public bool IsProvisioned { get; init; }

    /// <summary>Whether nobody has written it; then the settings say what can be set of it.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>Its last change; 0 when the settings have it.</summary>
    public long Revision { get; init; }

    /// <summary>What it says, without what is as it is by default; null when the evaluator's version cannot read it.</summary>
    public JsonObject? Rule { get; init; }

    /// <summary>Why it is not judged; null when it is.</summary>
    public string? Fault { get; init; }

    /// <summary>Its kind; null when it cannot be read.</summary>
    public string? Kind { get; init; }

    /// <summary>Source of its news.</summary>
    public string? Source { get; init; }

    /// <summary><c>live</c>, <c>shadow</c> or <c>off</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>What was changed last, in a word or two.</summary>
    public string? Change { get; init; }

    /// <summary>Who changed it last.</summary>
    public string? By { get; init; }

    /// <summary>Why.</summary>
    public string? Why { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>A change of the rule book.</summary>
public sealed record RuleRevision
{
    /// <summary>Its number.</summary>
    public required long Revision { get; init; }

    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>What was changed, in a word or two.</summary>
    public required string Change { get; init; }

    /// <summary>Whether the rule was gone by it.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Who.</summary>
    public required string By { get; init; }

    /// <summary>Why.</summary>
    public string? Why { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>One field in which two revisions of a rule differ.</summary>
/// <param name="Field">Its name, with a dot for each step down.</param>
/// <param name="Before">What it said; null when it was as it is by default.</param>
/// <param name="After">What it says; null when it is as it is by default.</param>
public sealed record RuleDifference(string Field, string? Before, string? After);

/// <summary>What became of a change of a rule.</summary>
public sealed record RuleChange
{
    /// <summary>Name of the rule.</summary>
    public required string Name { get; init; }

    /// <summary>The change of the book by which it is as it is.</summary>
    public required long Revision { get; init; }

    /// <summary>What was changed; null when it was so already.</summary>
    public string? Change { get; init; }

    /// <summary>Whether the rule is gone by it.</summary>
    public bool IsRemoved { get; init; }
}

/// <summary>What is asked of a back-test.</summary>
public sealed record BacktestQuestion
{
    /// <summary>Name of a rule that is there; or</summary>
    public string? Name { get; init; }

    /// <summary>what it says, which need not be there yet.</summary>
    public JsonObject? Rule { get; init; }

    /// <summary>So many days back.</summary>
    public double Days { get; init; } = 14;

    /// <summary>The newest alerts, so many.</summary>
    public int Alerts { get; init; } = 1000;
}

/// <summary>A line of a back-test: first how far it is, then what was found, then its alerts, the newest first.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BacktestProgress), "progress")]
[JsonDerivedType(typeof(BacktestSummary), "backtest")]
[JsonDerivedType(typeof(BacktestAlert), "alert")]
[JsonDerivedType(typeof(BacktestFailure), "failed")]
public abstract record BacktestLine;

/// <summary>How far it is.</summary>
/// <param name="Events">Events that are read by now.</param>
public sealed record BacktestProgress(long Events) : BacktestLine;

/// <summary>What was found.</summary>
public sealed record BacktestSummary : BacktestLine
{
    /// <summary>Name of the rule.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Events that were read.</summary>
    public long Events { get; init; }

    /// <summary>Keys that have events.</summary>
    public int Keys { get; init; }

    /// <summary>Alerts that would have been.</summary>
    public int Alerts { get; init; }

    /// <summary>Since when its source is covered; null when it is not.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Gaps between, in which nothing is cleared.</summary>
    public int Gaps { get; init; }

    /// <summary>So many alerts follow.</summary>
    public int Shown { get; init; }
}

/// <summary>An alert that would have been.</summary>
public sealed record BacktestAlert : BacktestLine
{
    /// <summary>The key.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>When it would have been raised, UTC.</summary>
    public DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it would have been cleared; null when it would last still.</summary>
    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>Events in its fullest window.</summary>
    public int Most { get; init; }
}

/// <summary>It broke off: nothing follows.</summary>
/// <param name="Detail">Why.</param>
public sealed record BacktestFailure(string Detail) : BacktestLine;
