namespace Sigma.Contracts;

/// <summary>
/// One part of one fetched slice of a source's time. An empty slice is a batch too: it says that nothing happened.
/// The same slice fetched again gives the same ids.
/// </summary>
public sealed record EventBatch
{
    /// <summary>Derived from source, slice and part.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Name of the source, for example <c>segware</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Start of the slice, UTC, inclusive.</summary>
    public required DateTimeOffset SliceFrom { get; init; }

    /// <summary>End of the slice, UTC, exclusive.</summary>
    public required DateTimeOffset SliceTo { get; init; }

    /// <summary>Number of this part, from 1 to <see cref="Parts"/>.</summary>
    public required int Part { get; init; }

    /// <summary>How many parts the slice has. It is covered when all of them are stored.</summary>
    public required int Parts { get; init; }

    /// <summary>The events, about 1,000 at most; a batch of more than 10,000, or a message of more than 4 MB, is refused.</summary>
    public required IReadOnlyList<MonitoredEvent> Events { get; init; }

    /// <summary>
    /// Occurrences of these events that were known to be excused when the slice was fetched: they never count, not even for a moment.
    /// </summary>
    public IReadOnlyList<string> ExcusedOccurrenceIds { get; init; } = [];
}
