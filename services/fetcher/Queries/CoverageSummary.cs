using Microsoft.Extensions.Options;
using Sigma.Fetcher.Coverage;
using Sigma.Storage;

namespace Sigma.Fetcher.Queries;

/// <summary>What is known of the source's time, from the database alone: whichever fetcher is asked says the same.</summary>
public sealed record KnownCoverage
{
    internal KnownCoverage(long now, long from, long? watermark, long? polledAt, string? stopped, IReadOnlyList<Slice> slices)
    {
        Now = now;
        From = from;
        Watermark = watermark;
        PolledAt = polledAt;
        Stopped = stopped;
        Slices = slices;
    }

    /// <summary>The moment it is about, as stored.</summary>
    public long Now { get; internal init; }

    /// <summary>Start of its first minute.</summary>
    public long From { get; internal init; }

    /// <summary>Up to when there is no gap; null before the first poll.</summary>
    public long? Watermark { get; internal init; }

    /// <summary>When the last poll ended.</summary>
    public long? PolledAt { get; internal init; }

    /// <summary>Why that poll ended before its work was done.</summary>
    public string? Stopped { get; internal init; }

    /// <summary>All that overlap the time asked about, oldest first.</summary>
    internal IReadOnlyList<Slice> Slices { get; init; }

    /// <summary>Whether a published slice overlaps a stretch of time.</summary>
    public bool HasPublished(long from, long to) => Slices.Any(slice => slice.State == SliceState.Published && slice.From < to && slice.To > from);
}

/// <summary>Reads the account of the last hours.</summary>
public sealed class CoverageSummary(Database database, IOptions<FetcherOptions> options, TimeProvider time)
{
    // Whatever Fetcher:SliceLength was: no slice is longer.
    static readonly TimeSpan LongestSlice = TimeSpan.FromDays(1);

    /// <summary>The last stretch of this length.</summary>
    public async Task<KnownCoverage> Of(TimeSpan length, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var source = await session.First<SourceRow>( // primary key
            "select watermark Watermark, polled_at PolledAt, stopped Stopped, clock_ahead ClockAhead from fetcher_sources where source = @Source",
            new { options.Value.Source }, ct);
        var now = time.Milliseconds() + (source?.ClockAhead ?? 0); // the slices are in the source's time
        var from = (now - (long)length.TotalMilliseconds) / CoverageStrip.Minute * CoverageStrip.Minute;
        var slices = await session.Query<SliceRow>( // primary key (source, slice_from, slice_to)
            """
            select slice_from SliceFrom, slice_to SliceTo, state State, reason Reason, attempts Attempts, asked_at AskedAt,
              coalesce(covered_at, published_at) CoveredAt, delayed_by DelayedBy
            from fetcher_slices where source = @Source and slice_from >= @earliest and slice_to > @from order by slice_from
            """, new { options.Value.Source, from, earliest = from - (long)LongestSlice.TotalMilliseconds }, ct);
        return new KnownCoverage(now, from, source is { Watermark: > 0 } ? source.Watermark : null, source?.PolledAt, source?.Stopped,
            slices.ConvertAll(row => row.ToSlice()));
    }

    sealed class SliceRow
    {
        public long SliceFrom { get; init; }
        public long SliceTo { get; init; }
        public SliceState State { get; init; }
        public string? Reason { get; init; }
        public int Attempts { get; init; }
        public long? AskedAt { get; init; }
        public long? CoveredAt { get; init; }
        public string? DelayedBy { get; init; }

        public Slice ToSlice() => new(SliceFrom, SliceTo)
        {
            State = State, Reason = Reason, Attempts = Attempts, AskedAt = AskedAt, CoveredAt = CoveredAt, DelayedBy = DelayedBy,
        };
    }

    sealed class SourceRow
    {
        public long Watermark { get; init; }
        public long? PolledAt { get; init; }
        public string? Stopped { get; init; }
        public long ClockAhead { get; init; }
    }
}
