using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Fetcher.Drills;

/// <summary>A drill as its row tells it. Times of what happened are the machine's, as stored: a person waits for it, also where the source's time is simulated.</summary>
internal sealed class AskedDrill
{
    public byte[] DrillKey { get; init; } = [];
    public long AskedAt { get; init; }
    public string AskedBy { get; init; } = "";

    /// <summary>The channels it is for, comma separated, or all.</summary>
    public string Channels { get; init; } = "";

    public long? TakenAt { get; init; }

    /// <summary>Which fetcher has taken it.</summary>
    public string? TakenBy { get; init; }

    /// <summary>The end of the slice its events are in, in the source's time.</summary>
    public long? SliceTo { get; init; }

    public long? PublishedAt { get; init; }

    /// <summary>Why a fetcher that has taken it could not publish it.</summary>
    public string? Reason { get; init; }

    /// <summary>When the time in which it is cleared was published.</summary>
    public long? ClosedAt { get; init; }

    /// <summary>When nobody looked at it any more.</summary>
    public long? EndedAt { get; init; }

    public Guid Id => DrillKey.ToGuid();

    /// <summary>Whether whoever asked for it must have gone; one of the future was asked for while a clock was ahead.</summary>
    public bool IsOver(long now) => Math.Abs(now - AskedAt) > Drill.Life.TotalMilliseconds;
}
