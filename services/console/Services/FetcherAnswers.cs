namespace Sigma.OperatorConsole.Services;

/// <summary>How well a source is watched.</summary>
public sealed record SourceCoverage
{
    /// <summary>Name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>When it was looked at, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Until when it is watched without a gap; null when it is not watched yet.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>How long ago that is.</summary>
    public double? LagSeconds { get; init; }

    /// <summary>When it was polled last.</summary>
    public DateTimeOffset? LastPoll { get; init; }

    /// <summary>Why that poll ended early; null when it did not.</summary>
    public string? LastPollStopped { get; init; }

    /// <summary>Minutes by state.</summary>
    public IReadOnlyDictionary<string, int> Minutes { get; init; } = new Dictionary<string, int>();

    /// <summary>The time in stretches of one state, the oldest first.</summary>
    public IReadOnlyList<CoverageRange> Ranges { get; init; } = [];
}

/// <summary>A stretch of minutes of one state.</summary>
public sealed record CoverageRange
{
    /// <summary>Where it begins.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Where it ends.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>How many minutes.</summary>
    public int Minutes { get; init; }

    /// <summary><c>covered</c>, <c>late</c>, <c>pending</c>, <c>missing</c> or <c>unknown</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it is so.</summary>
    public string? Reason { get; init; }

    /// <summary>Tries that failed.</summary>
    public int? Attempts { get; init; }

    /// <summary>When it is tried next.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>When it was covered.</summary>
    public DateTimeOffset? CoveredAt { get; init; }
}
