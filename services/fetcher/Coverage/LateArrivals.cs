using Microsoft.Extensions.Options;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Fetcher.Coverage;

/// <summary>
/// How late events appear after they happened, and for how long slices are asked for again because of it: the overlap grows by what is observed. It
/// is kept over a restart, and forgotten a day after it was last seen.
/// </summary>
internal sealed class LateArrivals(Database database, SegwareClock clock, IOptions<FetcherOptions> options, FetcherTelemetry telemetry,
    ILogger<LateArrivals> log)
{
    // What was observed may be exceeded a little the next time.
    const double Margin = 1.25;
    static readonly TimeSpan Remembered = TimeSpan.FromDays(1), Lasting = TimeSpan.FromHours(1);

    readonly Lock _lock = new();
    readonly FetcherOptions _options = options.Value;
    long _lateBy, _lateAt, _tooLateAt;
    bool _read;

    /// <summary>Slices are asked for again until they were asked for this long after their end.</summary>
    public TimeSpan Overlap
    {
        get
        {
            var wanted = Wanted;
            return wanted <= _options.Overlap ? _options.Overlap : wanted <= _options.LongestOverlap ? wanted : Longest;
        }
    }

    /// <summary>At these ages a slice is asked once more, to see whether anything appears so late.</summary>
    public IEnumerable<TimeSpan> SecondLooks => new[] { _options.LongestOverlap / 6, _options.LongestOverlap }.Where(age => age > Overlap);

    /// <summary>Why time that was asked for may have events that are never seen; null when what is late can be made good.</summary>
    public string? Shortfall
    {
        get
        {
            lock (_lock)
                if (_tooLateAt > 0 && Now - _tooLateAt < Lasting.TotalMilliseconds)
                    return $"events of {_options.Source} appear up to {TimeSpan.FromMilliseconds(_lateBy).TotalMinutes:0} min late, {LooksBack}";
            return clock.Spread > Longest ? $"the clocks behind Segware's address are {clock.Spread.TotalMinutes:0} min apart, {LooksBack}" : null;
        }
    }

    string LooksBack => $"and Fetcher__LongestOverlap looks back {_options.LongestOverlap.TotalMinutes:0} min";

    TimeSpan Longest => _options.LongestOverlap > _options.Overlap ? _options.LongestOverlap : _options.Overlap;

    TimeSpan Wanted
    {
        get
        {
            var apart = (clock.Difference ?? TimeSpan.Zero).Duration() + clock.Spread;
            var late = TimeSpan.Zero;
            lock (_lock)
                if (Now - _lateAt < Remembered.TotalMilliseconds && _lateBy > _options.Overlap.TotalMilliseconds)
                    late = TimeSpan.FromMilliseconds(_lateBy * Margin) + _options.PollInterval;
            return (late > _options.Overlap ? late : _options.Overlap) + (apart > SlicePlan.ClockTolerance ? apart : TimeSpan.Zero);
        }
    }

    long Now => clock.Now.ToUnixTimeMilliseconds();

    /// <summary>A slice was asked for again and had more events than before: they had appeared at most so late.</summary>
    public void Grew(Slice slice, long askedAt)
    {
        var age = askedAt - slice.To;
        if (age <= _options.Overlap.TotalMilliseconds)
            return;
        lock (_lock)
        {
            var before = _lateBy;
            if (age > _lateBy || askedAt - _lateAt > Remembered.TotalMilliseconds)
                _lateBy = age;
            if (age > _lateBy / 2)
                _lateAt = askedAt;
            if (age >= _options.LongestOverlap.TotalMilliseconds)
                _tooLateAt = askedAt;
            if (_lateBy == before)
                return;
        }
        log.LogWarning(
            "Events of {Source} appear up to {Minutes:0.#} min after they happened; slices are asked for again for {Overlap:c} after their end "
                + "from now on",
            _options.Source, age / 60_000d, Overlap);
    }

    /// <summary>Reads what an earlier process has seen.</summary>
    public async Task Read(CancellationToken ct)
    {
        if (_read)
            return;
        await using var session = await database.Begin(ct);
        var (lateBy, lateAt) = await session.First<(long, long)>( // primary key
            "select late_by, late_at from fetcher_sources where source = @Source", new { _options.Source }, ct);
        lock (_lock)
            (_lateBy, _lateAt, _read) = (Math.Max(lateBy, _lateBy), Math.Max(lateAt, _lateAt), true);
    }

    /// <summary>Writes down what was seen, and how far Segware's clock is ahead.</summary>
    public async Task Write(DbSession session, CancellationToken ct)
    {
        telemetry.OverlapIs(Overlap);
        var ahead = (long)(clock.Difference ?? TimeSpan.Zero).TotalMilliseconds;
        await session.Execute( // primary key
            "update fetcher_sources set clock_ahead = case when @known then @ahead else clock_ahead end, late_by = @lateBy, late_at = @lateAt where "
                + "source = @Source",
            new { _options.Source, known = clock.Difference is not null, ahead, lateBy = _lateBy, lateAt = _lateAt }, ct);
    }
}
