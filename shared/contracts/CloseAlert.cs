namespace Sigma.Contracts;

/// <summary>
/// Somebody ends an alert, whatever its rule says: what came before counts no more. A command, as <see cref="AcknowledgeAlert"/>. Of an alert that is
/// over nothing is changed.
/// </summary>
public sealed record CloseAlert
{
    /// <summary>Identity of the command: one that comes again is the same.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The alert's.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Who, at most 100 characters.</summary>
    public required string By { get; init; }

    /// <summary>Why, at most 1,000 characters.</summary>
    public required string Comment { get; init; }
}
