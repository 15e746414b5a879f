namespace Sigma.Fetcher.Coverage;

/// <summary>A stretch of the source's time, [from, to) in stored milliseconds, and what became of it.</summary>
internal sealed record Slice(long From, long To)
{
    public SliceState State { get; init; }

    /// <summary>Tries that failed since it was last published.</summary>
    public int Attempts { get; init; }

    /// <summary>When the tries began to fail.</summary>
    public long? FailedSince { get; init; }

    /// <summary>When the last try began.</summary>
    public long? AskedAt { get; init; }

    /// <summary>Why the last try failed; null once it is published.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was first published.</summary>
    public long? CoveredAt { get; init; }

    /// <summary>Of a published slice: why it had to wait.</summary>
    public string? DelayedBy { get; init; }

    /// <summary>How many watched events were published last.</summary>
    public int Events { get; init; }

    /// <summary>What was published last.</summary>
    public Guid? Fingerprint { get; init; }

    public TimeSpan Length => TimeSpan.FromMilliseconds(To - From);

    public override string ToString() =>
        $"{DateTimeOffset.FromUnixTimeMilliseconds(From):yyyy-MM-dd HH:mm:ss.fff}Z to {DateTimeOffset.FromUnixTimeMilliseconds(To):HH:mm:ss.fff}Z";
}

/// <summary>States of a slice. Stored by their names in small letters.</summary>
internal enum SliceState
{
    Wanted,
    Published,
    Failed,
    Abandoned,
}
