namespace Sigma.Fetcher.Coverage;

/// <summary>How time is cut, and when a slice's turn comes again.</summary>
internal static class SlicePlan
{
    /// <summary>New time below this waits for the next poll.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>At most so often is a slice asked for again within the overlap, however short the poll interval.</summary>
    public const int AsksPerOverlap = 8;

    /// <summary>Time up to this far ahead is no more than the difference between two readings of a clock.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    /// <summary>How long a slice is still given its second look when it could not be asked for at its time.</summary>
    public static readonly TimeSpan SecondLooksFor = TimeSpan.FromHours(1);

    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30), LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Cuts a stretch of time into slices of at most <paramref name="length"/>.</summary>
    public static IEnumerable<Slice> Cut(long from, long to, TimeSpan length)
    {
        var step = (long)length.TotalMilliseconds;
        for (; from < to; from += step)
            yield return new Slice(from, Math.Min(from + step, to));
    }

    /// <summary>The two halves of a slice; none when it is no longer than a second.</summary>
    public static IReadOnlyList<Slice> Halve(Slice slice)
    {
        if (slice.Length <= Shortest)
            return [];
        var middle = slice.From + (slice.To - slice.From) / 2;
        return [new(slice.From, middle), new(middle, slice.To)];
    }

    /// <summary>
    /// Whether a slice that fails is given up: it has failed for too long, and was tried often enough meanwhile. A clock that jumps, or a process
    /// that was away, makes long of short.
    /// </summary>
    public static bool IsAbandoned(Slice slice, long askedAt, TimeSpan retryFailedFor) =>
        askedAt - (slice.FailedSince ?? askedAt) > retryFailedFor.TotalMilliseconds && slice.Attempts + 1 >= retryFailedFor / (4 * LongestWait);

    /// <summary>Whether a failed slice's turn has come: the wait doubles with each try, up to five minutes.</summary>
    public static bool IsDue(Slice slice, long now) => now >= NextTry(slice);

    /// <summary>When a failed slice's turn comes.</summary>
    public static long NextTry(Slice slice)
    {
        var wait = FirstWait * Math.Pow(2, Math.Clamp(slice.Attempts - 1, 0, 10));
        return (slice.AskedAt ?? 0) + (long)Math.Min(wait.TotalMilliseconds, LongestWait.TotalMilliseconds);
    }
}
