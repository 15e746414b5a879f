namespace Sigma.Contracts;

/// <summary>
/// Somebody says something about an alert, for whoever looks at it. A command, as <see cref="AcknowledgeAlert"/>. Of an alert that is over nothing is
/// changed.
/// </summary>
public sealed record CommentAlert
{
    /// <summary>Identity of the command: one that comes again is the same.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The alert's.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Who, at most 100 characters.</summary>
    public required string By { get; init; }

    /// <summary>What, at most 1,000 characters.</summary>
    public required string Comment { get; init; }
}
