namespace Sigma.Contracts;

/// <summary>
/// Up to when the events of a source are stored and counted. Published when a slice is: a subscriber that receives a <see cref="CoverageReported"/>
/// that runs away from this one knows that events are fetched and nobody counts them.
/// </summary>
public sealed record CoverageCounted
{
    /// <summary>Name of the source, for example <c>segware</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The end of the newest stretch of time whose events are counted, UTC. They may come out of order: the latest counts.</summary>
    public required DateTimeOffset Through { get; init; }
}
