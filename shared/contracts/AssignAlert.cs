namespace Sigma.Contracts;

/// <summary>
/// Somebody makes an alert somebody's task. A command, as <see cref="AcknowledgeAlert"/>. Of an alert that is over nothing is changed.
/// </summary>
public sealed record AssignAlert
{
    /// <summary>Identity of the command: one that comes again is the same.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The alert's.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Who says so, at most 100 characters.</summary>
    public required string By { get; init; }

    /// <summary>Whose task it is now, at most 100 characters; null when it is to be nobody's.</summary>
    public string? To { get; init; }

    /// <summary>Why, at most 1,000 characters; null when nothing is said.</summary>
    public string? Comment { get; init; }
}
