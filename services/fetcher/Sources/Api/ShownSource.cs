namespace Sigma.Fetcher.Sources.Api;

/// <summary>A source as it is now.</summary>
internal sealed record ShownSource
{
    public required string Name { get; init; }

    /// <summary>feed, probe or prefect.</summary>
    public required string Kind { get; init; }

    /// <summary>Of its kind: gcp, http, …</summary>
    public required string Type { get; init; }

    public required string About { get; init; }

    public TimeSpan? Every { get; init; }

    public string? Cron { get; init; }

    /// <summary>unknown, ok, down or failed.</summary>
    public required string State { get; init; }

    public string? Reason { get; init; }

    /// <summary>Since when the state is so.</summary>
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? LastPoll { get; init; }

    /// <summary>When the last poll began that could be read: what happened until then is known.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    public DateTimeOffset? NextPoll { get; init; }

    /// <summary>Polls in a row that failed.</summary>
    public int Failures { get; init; }

    /// <summary>What the last poll measured.</summary>
    public required IReadOnlyList<KeptSample> Samples { get; init; }

    public int OpenConditions { get; init; }

    /// <summary>What lasts, the newest first, 50 at most.</summary>
    public required IReadOnlyList<ShownCondition> Conditions { get; init; }
}

/// <summary>A condition that lasts.</summary>
internal sealed record ShownCondition(string Id, string? Title, string? Severity, IReadOnlyDictionary<string, string> Labels,
    DateTimeOffset? StartedAt, DateTimeOffset ReportedAt, string? Url);

/// <summary>A look at a source.</summary>
internal sealed record ShownRun(long Run, DateTimeOffset BegunAt, long TookMilliseconds, string State, string? Reason, int Fired, int Resolved,
    IReadOnlyList<KeptSample> Samples);

/// <summary>The probes there are, and what is wrong with the plug-ins.</summary>
internal sealed record ShownProbes(IReadOnlyList<ShownProbe> Probes, IReadOnlyList<string> Faults);

/// <summary>A probe that there is.</summary>
internal sealed record ShownProbe(string Name, string Description, string From);
