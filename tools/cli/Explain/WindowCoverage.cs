using Microsoft.Extensions.Options;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Queries;
using Sigma.Fetcher;
using Sigma.Fetcher.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>A stretch of the window that is not counted, or was counted only after the moment asked about. Times as stored.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
/// <param name="State">One of the constants.</param>
/// <param name="Reason">Why.</param>
internal sealed record Gap(long From, long To, string State, string? Reason)
{
    /// <summary>Nobody has seen its events.</summary>
    public const string Missing = "missing";

    /// <summary>Not fetched or not counted yet, which is normal so soon.</summary>
    public const string Pending = "pending";

    /// <summary>Fetched, and the evaluator has not counted it.</summary>
    public const string NotCounted = "not-counted";

    /// <summary>Seen by now, but not at the moment asked about.</summary>
    public const string Late = "late";

    public int Attempts { get; init; }
    public long? NextTry { get; init; }
    public long? CoveredAt { get; init; }
}

/// <summary>How well the window that ends at a moment is known: by the evaluator's coverage, and by the fetcher's slices why not.</summary>
/// <param name="Stretches">What the evaluator has counted without a gap, oldest first.</param>
/// <param name="Gaps">What is missing in the window, oldest first.</param>
internal sealed record WindowCoverage(IReadOnlyList<CoveredRange> Stretches, IReadOnlyList<Gap> Gaps)
{
    /// <summary>Milliseconds nobody has seen that should have been.</summary>
    public long Unknown => Gaps.Where(gap => gap.State is Gap.Missing or Gap.NotCounted).Sum(gap => gap.To - gap.From);

    public static async Task<WindowCoverage> Read(Database database, ExplainQuery query, long window, FetcherOptions fetcher, TimeProvider time,
        CancellationToken ct)
    {
        var stretches = await new CoverageQuery(database).All(query.Source, ct);
        var from = query.At - window;
        if (query.Source != fetcher.Source)
            return new(stretches,
                [.. Uncovered(stretches, from, query.At)
                    .Select(gap => new Gap(gap.From, gap.To, Gap.Missing, "not counted; another program fetches this source"))]);
        var known = await new CoverageSummary(database, Options.Create(fetcher), time).Of(TimeSpan.FromMilliseconds(query.Now - from), ct);
        var strip = CoverageStrip.Of(known, fetcher.LateAfter);
        var late = (long)fetcher.LateAfter.TotalMilliseconds;
        var ranges = CoverageStrip.Ranges(strip, known.From);
        List<Gap> gaps = [];
        foreach (var gap in Uncovered(stretches, from, query.At))
            foreach (var range in ranges.Where(range => range.From < gap.To && range.To > gap.From))
                gaps.Add(Why(range, Math.Max(gap.From, range.From), Math.Min(gap.To, range.To), known, late));
        foreach (var range in ranges.Where(range => range.Look is { State: MinuteState.Late, CoveredAt: { } covered } && covered > query.At))
            foreach (var stretch in stretches)
                if ((From: Math.Max(Math.Max(from, range.From), stretch.From), To: Math.Min(Math.Min(query.At, range.To), stretch.To)) is var seen
                    && seen.From < seen.To)
                    gaps.Add(new(seen.From, seen.To, Gap.Late, range.Look.Reason) { CoveredAt = range.Look.CoveredAt });
        return new(stretches, Joined(gaps));
    }

    static Gap Why(MinuteRange range, long from, long to, KnownCoverage known, long late) => range.Look.State switch
    {
        // A minute that is partly fetched counts as covered; the rest of it is before the first slice.
        MinuteState.Covered or MinuteState.Late when known.HasPublished(from, to) =>
            new(from, to, known.Now - to > late ? Gap.NotCounted : Gap.Pending, "fetched, and the evaluator has not counted it yet"),
        MinuteState.Pending => new(from, to, Gap.Pending, range.Look.Reason ?? "not fetched yet"),
        MinuteState.Missing => new(from, to, Gap.Missing, range.Look.Reason) { Attempts = range.Look.Attempts, NextTry = range.Look.NextTry },
        _ => new(from, to, Gap.Missing, "before the first slice that is remembered"),
    };

    static IReadOnlyList<Gap> Joined(IEnumerable<Gap> gaps)
    {
        List<Gap> joined = [];
        foreach (var gap in gaps.OrderBy(gap => gap.From))
            if (joined is [.., var last] && last.To == gap.From && last.State == gap.State && last.Reason == gap.Reason)
                joined[^1] = last with { To = gap.To, Attempts = Math.Max(last.Attempts, gap.Attempts), NextTry = gap.NextTry ?? last.NextTry };
            else
                joined.Add(gap);
        return joined;
    }

    static IEnumerable<CoveredRange> Uncovered(IEnumerable<CoveredRange> stretches, long from, long to)
    {
        foreach (var stretch in stretches.Where(stretch => stretch.To > from))
        {
            if (stretch.From >= to)
                break;
            if (stretch.From > from)
                yield return new(from, stretch.From);
            from = stretch.To;
        }
        if (from < to)
            yield return new(from, to);
    }
}
