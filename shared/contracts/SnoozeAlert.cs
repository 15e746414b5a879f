namespace Sigma.Contracts;

/// <summary>
/// Somebody wants to hear no more of an alert for a while: it is still judged and cleared, and nobody is told again before. A command, as
/// <see cref="AcknowledgeAlert"/>. Of an alert that is over nothing is changed.
/// </summary>
public sealed record SnoozeAlert
{
    /// <summary>Identity of the command: one that comes again is the same.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The alert's.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Who, at most 100 characters.</summary>
    public required string By { get; init; }

    /// <summary>Until when, UTC; null until it is cleared. A time that is past ends the snooze.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why, at most 1,000 characters; null when nothing is said.</summary>
    public string? Comment { get; init; }
}
