namespace Sigma.Contracts;

/// <summary>
/// A gateway was accepting news all through a slice of time, and what it accepted has reached the broker. A gateway says so every 10 s. Time that no
/// gateway covers proves no silence and ends no lease.
/// </summary>
public sealed record IntakeReported
{
    /// <summary>The gateway, as in its <see cref="IntakePart"/>s.</summary>
    public required string Gateway { get; init; }

    /// <summary>Start of the slice, UTC; the end of the slice before, if it was accepting all the while.</summary>
    public required DateTimeOffset SliceFrom { get; init; }

    /// <summary>End of the slice, UTC, exclusive.</summary>
    public required DateTimeOffset SliceTo { get; init; }

    /// <summary>How many batches of news it published that name this slice.</summary>
    public required int Batches { get; init; }
}
