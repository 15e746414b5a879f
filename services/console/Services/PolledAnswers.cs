namespace Sigma.OperatorConsole.Services;

/// <summary>A feed, a probe or another system that is asked again and again.</summary>
public sealed record PolledSource
{
    /// <summary>Its name, and the source of its news.</summary>
    public required string Name { get; init; }

    /// <summary><c>feed</c>, <c>probe</c> or <c>prefect</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Of its kind, such as gcp or http.</summary>
    public string Type { get; init; } = "";

    /// <summary>What is asked, without secrets.</summary>
    public string About { get; init; } = "";

    /// <summary>How often; null when by <see cref="Cron"/>.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>When; null when by <see cref="Every"/>.</summary>
    public string? Cron { get; init; }

    /// <summary><c>unknown</c>, <c>ok</c>, <c>down</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when the state is so, UTC.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it was asked last, UTC.</summary>
    public DateTimeOffset? LastPoll { get; init; }

    /// <summary>When it was asked last with success, UTC.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When it will be asked next, UTC.</summary>
    public DateTimeOffset? NextPoll { get; init; }

    /// <summary>Times in a row that failed.</summary>
    public int Failures { get; init; }

    /// <summary>What was measured last.</summary>
    public IReadOnlyList<PolledValue> Samples { get; init; } = [];

    /// <summary>How much is wrong by its word.</summary>
    public int OpenConditions { get; init; }

    /// <summary>What is wrong by its word, the newest first; not all where there is much.</summary>
    public IReadOnlyList<PolledCondition> Conditions { get; init; } = [];
}

/// <summary>A value that was measured.</summary>
public sealed record PolledValue
{
    /// <summary>Name of the series.</summary>
    public required string Series { get; init; }

    /// <summary>The value.</summary>
    public double Value { get; init; }
}

/// <summary>Something that is wrong by a source's word.</summary>
public sealed record PolledCondition
{
    /// <summary>What.</summary>
    public string? Title { get; init; }

    /// <summary>How bad.</summary>
    public string? Severity { get; init; }

    /// <summary>What it is about.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Where there is more.</summary>
    public string? Url { get; init; }
}

/// <summary>One time that a source was asked.</summary>
public sealed record PolledRun
{
    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset BegunAt { get; init; }

    /// <summary>How long it took.</summary>
    public long TookMilliseconds { get; init; }

    /// <summary>The state by it.</summary>
    public required string State { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>What was wrong by it.</summary>
    public int Fired { get; init; }

    /// <summary>What was over by it.</summary>
    public int Resolved { get; init; }

    /// <summary>What it measured.</summary>
    public IReadOnlyList<PolledValue> Samples { get; init; } = [];
}
