namespace Sigma.Contracts;

/// <summary>
/// Somebody has seen an alert and takes it on. A command: it is published, and the evaluator obeys once. Of an alert that is acknowledged, or over,
/// nothing is changed.
/// </summary>
public sealed record AcknowledgeAlert
{
    /// <summary>Identity of the command: one that comes again is the same.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The alert's.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Who, at most 100 characters.</summary>
    public required string By { get; init; }

    /// <summary>Why, or what is done about it, at most 1,000 characters; null when nothing is said.</summary>
    public string? Comment { get; init; }
}
