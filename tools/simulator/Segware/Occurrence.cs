namespace Sigma.Simulator.Segware;

/// <summary>An occurrence operators work on; when the system user closed it, its events are excused.</summary>
public sealed record Occurrence
{
    /// <summary>The id its events carry as occurrenceId.</summary>
    public required string Id { get; init; }

    /// <summary>When its first event opened it.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was closed; a moment still to come counts as open until then.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who closed it.</summary>
    public long? ClosedByUserId { get; init; }

    /// <summary>The account it is about, when it matters.</summary>
    public long? AccountId { get; init; }

    internal bool IsClosedAt(DateTimeOffset now) => ClosedAt <= now;
}
