using System.Text.Json.Serialization;

namespace Sigma.Contracts;

/// <summary>What somebody else's monitoring says of its own alerts.</summary>
public sealed record ConditionReported
{
    /// <summary>Derived from the content: the same news again has the same id.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Name of the integration, at most 64 characters.</summary>
    public required string Source { get; init; }

    /// <summary>The conditions, about 1,000 at most; a batch of more than 10,000 is refused.</summary>
    public required IReadOnlyList<ReportedCondition> Conditions { get; init; }

    /// <summary>The gateway's slice they were taken in; null when they come from elsewhere.</summary>
    public IntakePart? Intake { get; init; }
}

/// <summary>One alert of somebody else's, as it is at a time.</summary>
public sealed record ReportedCondition
{
    /// <summary>Identity within the integration, at most 255 characters: the same on every report of one condition.</summary>
    public required string ExternalId { get; init; }

    /// <summary>What it is about; names are in lower case.</summary>
    [JsonConverter(typeof(LabelsConverter))]
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>What it says.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<ConditionState>))]
    public required ConditionState State { get; init; }

    /// <summary>When the sender said so, UTC; older news never overwrites newer.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>Severity in the sender's words, at most 32 characters; null when it says none.</summary>
    public string? Severity { get; init; }

    /// <summary>What is wrong, in a sentence; null when it says nothing.</summary>
    public string? Title { get; init; }

    /// <summary>Since when, UTC; not set: since the first report.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Until when the sender stands by it without repeating it, UTC; null when it needs no repeating.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Where the sender shows it; null when nowhere.</summary>
    public string? Url { get; init; }

    /// <summary>What describes it and never identifies it.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a condition is.</summary>
public enum ConditionState
{
    /// <summary>It is so.</summary>
    Firing,

    /// <summary>It is so, and somebody has taken it on at the sender's.</summary>
    Acknowledged,

    /// <summary>It is over.</summary>
    Resolved,

    /// <summary>The sender cannot tell: nothing changes by that.</summary>
    NoData,
}
