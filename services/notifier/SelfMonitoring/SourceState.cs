using Sigma.Storage;

namespace Sigma.Notifier.SelfMonitoring;

/// <summary>Up to when a source is watched, and whether a warning that it is not was sent. All times as stored.</summary>
internal sealed record SourceState
{
    /// <summary>Empty for one that has not been reported yet.</summary>
    public string Source { get; init; } = "";

    /// <summary>For a log.</summary>
    public string Name => Source.Length > 0 ? Source : "Any source";

    /// <summary>When the notifier began to expect reports of it.</summary>
    public long Since { get; init; }

    /// <summary>As last reported; null before the first report.</summary>
    public long? Watermark { get; init; }

    public long? ReportedAt { get; init; }

    /// <summary>What holds the watermark up.</summary>
    public string? Reason { get; init; }

    /// <summary>Up to when an evaluator has counted what was fetched; before the first word of one, when it began to be expected.</summary>
    public long CountedUntil { get; init; }

    /// <summary>Id of the unwatched time a warning was sent for; null while the source is watched.</summary>
    public Guid? Blindness { get; init; }

    /// <summary>Where that stretch began.</summary>
    public long? BlindFrom { get; init; }

    public DateTimeOffset? ReportedTime => ReportedAt?.ToTime();

    /// <summary>A new installation has seen nothing before its own start, and is not blamed for it.</summary>
    public long FetchedUntil => Math.Max(Watermark ?? 0, Since);

    /// <summary>What is fetched but not counted is not watched.</summary>
    public long WatchedUntil => Math.Min(FetchedUntil, CountedUntil);

    /// <summary>Whether it is the evaluators that are behind.</summary>
    public bool IsUncounted(TimeSpan after) => FetchedUntil - CountedUntil > after.TotalMilliseconds / 2;

    /// <summary>Whether nobody even reports that it is not watched.</summary>
    public bool IsSilent(long now, TimeSpan after) => now - (ReportedAt ?? 0) > after.TotalMilliseconds / 2;

    /// <summary>Whether a warning, or the all-clear, is due.</summary>
    public SourceChange ChangeAt(long now, TimeSpan after) => (Blindness is null, now - WatchedUntil) switch
    {
        (true, var lag) when lag > after.TotalMilliseconds => SourceChange.Unwatched,
        // Half of it, so that a source near the limit does not warn again and again.
        (false, var lag) when lag < after.TotalMilliseconds / 2 => SourceChange.WatchedAgain,
        _ => SourceChange.Unchanged,
    };
}

internal enum SourceChange
{
    Unchanged,
    Unwatched,
    WatchedAgain,
}
