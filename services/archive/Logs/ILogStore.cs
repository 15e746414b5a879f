namespace Sigma.Archive.Logs;

/// <summary>Where lines are kept: in files of the archive's own, or in OpenSearch.</summary>
internal interface ILogStore
{
    /// <summary>Keeps a batch, once. Returns when it is kept for good.</summary>
    Task Store(LinesToStore batch, CancellationToken ct);

    /// <summary>Lines that a query finds, the newest first.</summary>
    /// <exception cref="TimeoutException">Not even a part of them was found in time.</exception>
    Task<LinesFound> Search(LogQuery query, LogRange range, LineId? before, int limit, CancellationToken ct);

    /// <summary>How many lines a query finds in each of some equal parts of a range, by level.</summary>
    /// <exception cref="TimeoutException">Not even a part of them was counted in time.</exception>
    Task<LinesCounted> Count(LogQuery query, LogRange range, int parts, CancellationToken ct);

    /// <summary>One line; null when it is not there.</summary>
    Task<FoundLine?> Line(LineId id, CancellationToken ct);
}

/// <summary>A batch as it came, with its lines' final times.</summary>
internal sealed record LinesToStore(Guid BatchId, IReadOnlyList<StoredLine> Lines);

/// <summary>From when until when, in ticks since 1970; the end is exclusive.</summary>
internal readonly record struct LogRange(long From, long To)
{
    public bool IsEmpty => From >= To;
}

/// <summary>A line and where it is.</summary>
internal sealed record FoundLine(LineId Id, StoredLine Line);

/// <summary>A page of lines.</summary>
/// <param name="Lines">The newest first.</param>
/// <param name="Next">Those that follow are before this one; null when there are none.</param>
/// <param name="IsComplete">False when the time was up before the page was full: <paramref name="Next"/> says how far it came.</param>
internal sealed record LinesFound(IReadOnlyList<FoundLine> Lines, LineId? Next, bool IsComplete);

/// <summary>Counts of equal parts of a range.</summary>
/// <param name="Counts">For each part, one count for each <see cref="LineLevel"/>.</param>
/// <param name="CountedFrom">Only lines from here on were counted, in ticks; null when all were.</param>
internal sealed record LinesCounted(long[][] Counts, long? CountedFrom);
