namespace Sigma.Fetcher.Coverage;

/// <summary>How time is cut, and when a slice's turn comes again.</summary>
internal static class SlicePlan
{
    /// <summary>New time below this waits for the next poll.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>At most so often is a slice asked for again within the overlap, however short the poll interval.</summary>
    public const int AsksPerOverlap = 8;

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

    /// <summary>Whether a failed slice's turn has come: the wait doubles with each try, up to five minutes.</summary>
    public static bool IsDue(Slice slice, long now) => now >= NextTry(slice);

    /// <summary>When a failed slice's turn comes.</summary>
    public static long NextTry(Slice slice)
    {
        var wait = FirstWait * Math.Pow(2, Math.Clamp(slice.Attempts - 1, 0, 10));
        return (slice.AskedAt ?? 0) + (long)Math.Min(wait.TotalMilliseconds, LongestWait.TotalMilliseconds);
    }
}
