using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Fetcher.Drills;

/// <summary>
/// A drill as its row tells it. Times of what happened are the machine's, as stored: a person waits for it, also where the source's time is
/// simulated.
/// </summary>
public sealed class DrillRequest
{

    /// <summary>When it was asked for.</summary>
    public long AskedAt { get; init; }

    /// <summary>Who asked for it.</summary>
    public string AskedBy { get; init; } = "";

    /// <summary>The channels it is for, comma separated, or all.</summary>
    public string Channels { get; init; } = "";

    /// <summary>When a fetcher took it.</summary>
    public long? TakenAt { get; init; }

    /// <summary>Which fetcher has taken it.</summary>
    public string? TakenBy { get; init; }

    /// <summary>The end of the slice its events are in, in the source's time.</summary>
    public long? SliceTo { get; init; }

    /// <summary>When the broker had its events.</summary>
    public long? PublishedAt { get; init; }

    /// <summary>Why a fetcher that has taken it could not publish it.</summary>
    public string? Reason { get; init; }

    /// <summary>When the time in which it is cleared was published.</summary>
    public long? ClosedAt { get; init; }

    /// <summary>When nobody looked at it any more.</summary>
    public long? EndedAt { get; init; }

    /// <summary>Its id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whether its command must have ended; one of the future was asked for while a clock was ahead.</summary>
    internal bool IsOver(long now) => Math.Abs(now - AskedAt) > Drill.Life.TotalMilliseconds;
}
