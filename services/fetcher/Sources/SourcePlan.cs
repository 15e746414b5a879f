using Sigma.Fetcher.Sources.Schedule;

namespace Sigma.Fetcher.Sources;

/// <summary>What a source is, and when it is asked.</summary>
internal sealed record SourcePlan
{
    /// <summary>In all messages.</summary>
    public required string Name { get; init; }

    /// <summary>feed, probe or prefect.</summary>
    public required string Kind { get; init; }

    /// <summary>Of its kind: gcp, aws, http, …</summary>
    public required string Type { get; init; }

    /// <summary>What is asked, in one sentence without secrets.</summary>
    public required string About { get; init; }

    /// <summary>When it is asked.</summary>
    public required Turns Turns { get; init; }

    /// <summary>Limit of a look.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Labels of what it reports of itself.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>When it has failed for so long, that is a condition of its own.</summary>
    public TimeSpan TellFailureAfter { get; init; }

    /// <summary>When so many looks in a row have failed, that is a condition of its own.</summary>
    public int TellFailureAfterRuns { get; init; } = 1;

    /// <summary>The condition that it fails, in one sentence without the reason.</summary>
    public required string Failure { get; init; }

    /// <summary>Severity of that.</summary>
    public string FailureSeverity { get; init; } = "medium";

    /// <summary>What it lists with a history is over when it was not listed for so long; null: only what it says ends.</summary>
    public TimeSpan? GoneAfter { get; init; }
}
