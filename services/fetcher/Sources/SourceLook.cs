using Sigma.Contracts;

namespace Sigma.Fetcher.Sources;

/// <summary>What a look at a source found.</summary>
internal sealed record SourceLook
{
    /// <summary>How it is.</summary>
    public required SourceState State { get; init; }

    /// <summary>Why it is not as it should be, or what is odd about it; null when there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>The conditions it tells of; those of one id in the order in which they happened.</summary>
    public IReadOnlyList<SeenCondition> Conditions { get; init; } = [];

    /// <summary>Which open conditions are over when they are not among these.</summary>
    public Func<string, bool> IsOverUnlessSeen { get; init; } = _ => false;

    /// <summary>Whether the source says that nothing has changed, and lists nothing.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>Measured values.</summary>
    public IReadOnlyList<Sample> Samples { get; init; } = [];

    /// <summary>Signs of life.</summary>
    public IReadOnlyList<Beat> Beats { get; init; } = [];

    /// <summary>What the next look wants to know of this one.</summary>
    public string? Note { get; init; }

    /// <summary>Nothing is known of the source by it.</summary>
    public static SourceLook Failed(string reason) => new() { State = SourceState.Failed, Reason = reason };
}

/// <summary>How a source is.</summary>
internal enum SourceState
{
    /// <summary>It was not asked yet.</summary>
    Unknown,

    /// <summary>It was asked, and what it says is known.</summary>
    Ok,

    /// <summary>A probe says that what it looks at is not as it should be.</summary>
    Down,

    /// <summary>It could not be asked, or its answer not be read: how it is is not known.</summary>
    Failed,
}

/// <summary>What is remembered of a source from look to look.</summary>
/// <param name="Now">When this look began.</param>
/// <param name="SucceededAt">When the last look that succeeded began; null before there was one.</param>
/// <param name="Note">What that look left.</param>
internal sealed record SourceMemory(DateTimeOffset Now, DateTimeOffset? SucceededAt, string? Note);

/// <summary>A condition as a source tells of it.</summary>
internal sealed record SeenCondition
{
    /// <summary>What it is known by within its source.</summary>
    public required string ExternalId { get; init; }

    /// <summary>What it is about; names are in lower case. Those of its first report stay while it lasts.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Whether it is so; else it is over.</summary>
    public required bool Fires { get; init; }

    /// <summary>critical, high, medium, low or info.</summary>
    public string? Severity { get; init; }

    /// <summary>What is wrong.</summary>
    public string? Title { get; init; }

    /// <summary>Where there is more to read.</summary>
    public string? Url { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the source first told of it, as far as it says.</summary>
    public DateTimeOffset? AppearedAt { get; init; }

    /// <summary>When what it says happened, for a source that tells of the past in any order; null: it tells of now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>What describes it.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
