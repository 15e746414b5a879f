using System.Text.Json.Nodes;

namespace Sigma.OperatorConsole.Services;

/// <summary>Everything about telling of an alert.</summary>
public sealed record AlertTelling
{
    /// <summary>Identity of the episode.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Name of the rule.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The key.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was raised, UTC; null when the notifier was not told.</summary>
    public DateTimeOffset? RaisedAt { get; init; }

    /// <summary>When it was cleared, UTC; null while it is raised.</summary>
    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>What was decided, also that somebody is not told.</summary>
    public IReadOnlyList<TellingDecision> Decisions { get; init; } = [];

    /// <summary>What was or is to be said.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; init; } = [];

    /// <summary>Flow runs that were started for it.</summary>
    public IReadOnlyList<FlowRun> Runs { get; init; } = [];
}

/// <summary>Who was or is to be told that an alert is raised.</summary>
/// <param name="AlertId">Identity of the episode.</param>
/// <param name="Channels">By integration.</param>
public sealed record ToldAlert(Guid AlertId, IReadOnlyList<ToldChannel> Channels);

/// <summary>An integration that tells of an alert.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="State">State of its last delivery, in a word.</param>
public sealed record ToldChannel(string Channel, string State);

/// <summary>A decision about telling of an alert.</summary>
public sealed record TellingDecision
{
    /// <summary>What it is about: that it is raised, cleared, and so on.</summary>
    public required string Kind { get; init; }

    /// <summary>On which channel; null for all.</summary>
    public string? Channel { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>A delivery.</summary>
public sealed record Delivery
{
    /// <summary>Its identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>The alert's.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>What it says: that the alert is raised, cleared, and so on.</summary>
    public required string Kind { get; init; }

    /// <summary>The integration it goes by.</summary>
    public required string Channel { get; init; }

    /// <summary>Its state, in a word.</summary>
    public required string State { get; init; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it is in that state.</summary>
    public string? Reason { get; init; }

    /// <summary>The vendor's name for it.</summary>
    public string? Receipt { get; init; }

    /// <summary>When it is tried, or was due; UTC.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its fate was settled, UTC.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Name of the alert's rule; null when it is not known any more.</summary>
    public string? Rule { get; init; }

    /// <summary>The alert's.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>A Prefect run that was started for an alert.</summary>
public sealed record FlowRun
{
    /// <summary>The integration that started it.</summary>
    public required string Channel { get; init; }

    /// <summary>Where it is seen.</summary>
    public required string Url { get; init; }

    /// <summary>Its state's type.</summary>
    public string? State { get; init; }

    /// <summary>Its state's name.</summary>
    public string? StateName { get; init; }

    /// <summary>What the state says.</summary>
    public string? Message { get; init; }

    /// <summary>When it was started, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Whom to tell: what people made, and what the settings say beside it. Each as the notifier writes it.</summary>
public sealed record RoutePolicy
{
    /// <summary>Number of the last change; 0 before the first.</summary>
    public long Revision { get; init; }

    /// <summary>What people made, as it is put.</summary>
    public required JsonObject Made { get; init; }

    /// <summary>What the settings say, which nobody changes here.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>Why what people made is not in force; empty when it is.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}

/// <summary>What came of a change of the routes.</summary>
/// <param name="Revision">Number of the change; null when it said so already.</param>
public sealed record RouteChange(long? Revision);

/// <summary>A change of the routes that was made.</summary>
public sealed record RouteRevision
{
    /// <summary>Its number.</summary>
    public required long Revision { get; init; }

    /// <summary>What was changed, in a word or two.</summary>
    public required string Change { get; init; }

    /// <summary>Who.</summary>
    public required string By { get; init; }

    /// <summary>Why.</summary>
    public string? Why { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What people had made by it; null in a list.</summary>
    public JsonObject? Policy { get; init; }
}

/// <summary>An alert of which is asked whom it would be told to.</summary>
public sealed record TestedAlert
{
    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Name of its rule.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Its severity.</summary>
    public string Severity { get; init; } = "warning";

    /// <summary>Its source.</summary>
    public string Source { get; init; } = "segware";

    /// <summary>Kind of its rule.</summary>
    public string Kind { get; init; } = "count";

    /// <summary>Its category.</summary>
    public string? Category { get; init; }

    /// <summary>At this time; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>By this, which is not in force yet; null for what is.</summary>
    public JsonObject? Policy { get; init; }
}

/// <summary>A receiver of an alert.</summary>
public sealed record FoundReceiver
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The routes to it; an empty one where no route fits.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Those of its integrations that are on.</summary>
    public IReadOnlyList<string> Integrations { get; init; } = [];

    /// <summary>Why it is not told at that time; null when it is.</summary>
    public string? HeldBy { get; init; }

    /// <summary>Who is told when nobody takes the alert on.</summary>
    public IReadOnlyList<FoundStep> Steps { get; init; } = [];
}

/// <summary>A step of an escalation.</summary>
/// <param name="After">So long after the step before it.</param>
/// <param name="Receiver">This receiver is told.</param>
public sealed record FoundStep(TimeSpan After, string Receiver);

/// <summary>The silences and maintenance windows.</summary>
public sealed record SilenceList
{
    /// <summary>Those that last or are to begin; or the newest of all.</summary>
    public IReadOnlyList<Silence> Silences { get; init; } = [];

    /// <summary>The windows that are in force.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance { get; init; } = [];
}

/// <summary>A silence, and how it is now.</summary>
public sealed record Silence
{
    /// <summary>Its identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>Which alerts.</summary>
    public IReadOnlyList<string> Matchers { get; init; } = [];

    /// <summary>When it begins; null for one of the settings that does not say so, and has begun.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Who wants it.</summary>
    public string By { get; init; } = "";

    /// <summary>Why.</summary>
    public string Why { get; init; } = "";

    /// <summary>Its name in the settings, where alone it can be ended; null when a person added it.</summary>
    public string? Setting { get; init; }

    /// <summary>When a person ended it.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who.</summary>
    public string? EndedBy { get; init; }

    /// <summary><c>active</c>, <c>to come</c>, <c>over</c> or <c>ended</c>, which a person did.</summary>
    public required string State { get; init; }
}

/// <summary>A maintenance window, and how it is now.</summary>
public sealed record MaintenanceWindow
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Which alerts.</summary>
    public IReadOnlyList<string> Matchers { get; init; } = [];

    /// <summary>When, again and again.</summary>
    public IReadOnlyList<string> Hours { get; init; } = [];

    /// <summary>Whether it is in the settings, and not made by people.</summary>
    public bool IsProvisioned { get; init; }

    /// <summary>When it ends; null when it is not now.</summary>
    public DateTimeOffset? ActiveUntil { get; init; }

    /// <summary>When it begins next.</summary>
    public DateTimeOffset NextAt { get; init; }
}

/// <summary>A silence to be added; one that is sent again with the same identity is the same.</summary>
public sealed record NewSilence
{
    /// <summary>Its identity, made up by who adds it.</summary>
    public required Guid SilenceId { get; init; }

    /// <summary>Which alerts.</summary>
    public required IReadOnlyList<string> Matchers { get; init; }

    /// <summary>When it begins; null for now.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Who wants it.</summary>
    public required string By { get; init; }

    /// <summary>Why.</summary>
    public required string Why { get; init; }
}

/// <summary>An alert that a silence would hold now.</summary>
public sealed record SilencedAlert
{
    /// <summary>Identity of the episode.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Its rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Its severity.</summary>
    public required string Severity { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was raised, UTC.</summary>
    public required DateTimeOffset RaisedAt { get; init; }
}

/// <summary>Which deliveries are wanted; what is null or empty is not looked at.</summary>
public sealed record DeliveryFilter
{
    /// <summary>In one of these states.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>By this integration.</summary>
    public string? Channel { get; init; }

    /// <summary>Of this alert.</summary>
    public Guid? Alert { get; init; }

    /// <summary>The newest, so many.</summary>
    public int Limit { get; init; } = 200;
}

/// <summary>An integration of a receiver, without secrets.</summary>
public sealed record Integration
{
    /// <summary>The receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>Its name, as deliveries have it.</summary>
    public required string Name { get; init; }

    /// <summary>The type of its channel.</summary>
    public required string Type { get; init; }

    /// <summary>Whom it tells, cut; null where there is nobody to show.</summary>
    public string? Recipient { get; init; }

    /// <summary>Whether it is on.</summary>
    public bool Enabled { get; init; }

    /// <summary>Whether it is told of ends.</summary>
    public bool OnClear { get; init; }
}

/// <summary>What became of a test message.</summary>
public sealed record TestMessageResult
{
    /// <summary><c>sent</c>, <c>accepted</c>, <c>failed</c>, <c>uncertain</c> or <c>skipped</c>.</summary>
    public required string State { get; init; }

    /// <summary>The vendor's name for it.</summary>
    public string? Receipt { get; init; }

    /// <summary>Why it was not sent, or what the vendor says of it so far.</summary>
    public string? Reason { get; init; }
}

/// <summary>What Segware calls an account.</summary>
public sealed record AccountNames
{
    /// <summary>The label <c>account</c>.</summary>
    public required string Account { get; init; }

    /// <summary>The code by which people know it; null when it has none.</summary>
    public string? Code { get; init; }

    /// <summary>Its name; null when it has none.</summary>
    public string? TradeName { get; init; }

    /// <summary>Its company.</summary>
    public string? Company { get; init; }

    /// <summary>Its client group.</summary>
    public string? ClientGroup { get; init; }
}
