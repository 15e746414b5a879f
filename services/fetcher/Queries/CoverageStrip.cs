using System.Globalization;
using Sigma.Fetcher.Coverage;
using Sigma.Storage;

namespace Sigma.Fetcher.Queries;

/// <summary>How well a minute is watched; of several that hold for parts of it, the last named here counts.</summary>
public enum MinuteState
{
    /// <summary>Before the first slice that is remembered.</summary>
    Unknown,

    /// <summary>Fetched and published in time.</summary>
    Covered,

    /// <summary>Fetched and published, but not in time.</summary>
    Late,

    /// <summary>Not yet, which is normal.</summary>
    Pending,

    /// <summary>Not, and it should be.</summary>
    Missing,
}

/// <summary>A minute, and why it is as it is.</summary>
/// <param name="State">Its state.</param>
/// <param name="Reason">Why it was late or is missing.</param>
/// <param name="Attempts">Tries that failed.</param>
/// <param name="NextTry">When it is tried again, as stored.</param>
/// <param name="CoveredAt">When it was published, as stored; only of a late one.</param>
public sealed record MinuteLook(MinuteState State, string? Reason = null, int Attempts = 0, long? NextTry = null, long? CoveredAt = null);

/// <summary>Minutes in a row that are alike.</summary>
/// <param name="From">Their start, as stored.</param>
/// <param name="Minutes">How many.</param>
/// <param name="Look">What they are like.</param>
public sealed record MinuteRange(long From, int Minutes, MinuteLook Look)
{
    /// <summary>Its end, as stored.</summary>
    public long To => From + Minutes * CoverageStrip.Minute;
}

/// <summary>Time by the minute, as its slices have it.</summary>
public static class CoverageStrip
{
    /// <summary>A minute, in stored milliseconds.</summary>
    public const long Minute = 60_000;

    /// <summary>One look for each minute from <see cref="KnownCoverage.From"/> to the one that is passing now.</summary>
    public static IReadOnlyList<MinuteLook> Of(KnownCoverage known, TimeSpan lateAfter)
    {
        var from = known.From;
        var late = (long)lateAfter.TotalMilliseconds;
        var strip = new MinuteLook[(known.Now - from + Minute - 1) / Minute];
        Array.Fill(strip, new MinuteLook(MinuteState.Unknown));
        foreach (var slice in WithoutGaps(known))
            for (var i = Math.Max(0, (slice.From - from) / Minute); i < strip.Length && from + i * Minute < slice.To; i++)
            {
                var passed = Math.Min(Math.Min(from + (i + 1) * Minute, slice.To), known.Now);
                var look = Look(slice, passed, late, known);
                if (IsWorse(look, strip[i]))
                    strip[i] = look;
            }
        return strip;
    }

    /// <summary>The same with equal neighbours in one.</summary>
    public static IReadOnlyList<MinuteRange> Ranges(IReadOnlyList<MinuteLook> strip, long from)
    {
        List<MinuteRange> ranges = [];
        foreach (var look in strip)
            if (ranges is [.., var last] && last.Look.State == look.State && last.Look.Reason == look.Reason)
                ranges[^1] = last with { Minutes = last.Minutes + 1, Look = Both(last.Look, look) };
            else
                ranges.Add(new(ranges is [.., var before] ? before.To : from, 1, look));
        return ranges;
    }

    /// <summary>Minutes by state; every state is there.</summary>
    public static IReadOnlyDictionary<string, int> Count(IReadOnlyList<MinuteLook> strip) =>
        Enum.GetValues<MinuteState>().ToDictionary(Name, state => strip.Count(look => look.State == state));

    /// <summary>A state as others read it.</summary>
    public static string Name(MinuteState state) => state.ToString().ToLowerInvariant();

    // Time no slice was made for: since the last poll, or (which does not happen) between two slices.
    static IEnumerable<Slice> WithoutGaps(KnownCoverage known)
    {
        if (known.Slices.Count == 0)
            yield break;
        var end = known.Slices[0].From;
        foreach (var slice in known.Slices)
        {
            if (slice.From > end)
                yield return new Slice(end, slice.From);
            yield return slice;
            end = Math.Max(end, slice.To);
        }
        if (end < known.Now)
            yield return new Slice(end, known.Now);
    }

    static MinuteLook Look(Slice slice, long passed, long late, KnownCoverage known)
    {
        if (slice.State == SliceState.Published)
            return slice.CoveredAt is { } at && at - passed > late
                ? new(MinuteState.Late, slice.DelayedBy ?? "not asked for in time", CoveredAt: at)
                : new(MinuteState.Covered);
        if (slice.State == SliceState.Abandoned)
            return new(MinuteState.Missing, $"given up: {slice.Reason}", slice.Attempts);
        var state = known.Now - passed > late ? MinuteState.Missing : MinuteState.Pending;
        return slice.State == SliceState.Failed
            ? new(state, slice.Reason, slice.Attempts, SlicePlan.NextTry(slice))
            : new(state, NotAsked(known, late, state));
    }

    static string? NotAsked(KnownCoverage known, long late, MinuteState state) => known switch
    {
        { PolledAt: { } at, Stopped: { } why } when known.Now - at <= late => why,
        _ when state == MinuteState.Pending => null,
        { PolledAt: { } at } when known.Now - at > late => string.Create(CultureInfo.InvariantCulture,
            $"not asked for: no poll has ended since {at.ToTime():yyyy-MM-dd HH:mm:ss}Z; the fetchers did not run, or broker or database were away"),
        { PolledAt: not null } => "not asked for yet, it is being caught up with",
        _ => "not asked for: no poll has ended yet",
    };

    static bool IsWorse(MinuteLook look, MinuteLook than) =>
        look.State > than.State || (look.State == than.State && (look.CoveredAt > than.CoveredAt || look.Attempts > than.Attempts));

    static MinuteLook Both(MinuteLook one, MinuteLook other) => one with
    {
        Attempts = Math.Max(one.Attempts, other.Attempts),
        NextTry = one.NextTry < other.NextTry ? one.NextTry : other.NextTry ?? one.NextTry,
        CoveredAt = one.CoveredAt > other.CoveredAt ? one.CoveredAt : other.CoveredAt ?? one.CoveredAt,
    };
}
