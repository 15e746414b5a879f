namespace Sigma.Contracts;

/// <summary>
/// Up to when a source is watched without a gap. Published after every poll, also when nothing has moved: who hears none for long, or an old
/// watermark, knows that nobody watches.
/// </summary>
public sealed record CoverageReported
{
    /// <summary>Name of the source, for example <c>segware</c>.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// Every event up to here was fetched and published, UTC. Usually later than in the report before; earlier when time is fetched once more.
    /// </summary>
    public required DateTimeOffset Watermark { get; init; }

    /// <summary>When the poll ended, UTC. Of two reports the one with the later time counts.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>
    /// What time it was for the source at <see cref="ReportedAt"/>, by its own clock; null where that is not known. The watermark is in this time.
    /// </summary>
    public DateTimeOffset? SourceTime { get; init; }

    /// <summary>What holds the watermark up: the last error met, at most 500 characters; null when nothing does.</summary>
    public string? Reason { get; init; }
}
