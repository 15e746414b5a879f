using System.Globalization;
using Sigma.Simulator.Segware;

namespace Sigma.Simulator.Scenarios;

/// <summary>Unrolls one stream up to a moment. Event n depends on seed, stream and n alone, never on when it is asked for.</summary>
internal sealed class StreamCursor(EventStream stream, int index, int seed, DateTimeOffset scenarioStart, long systemUserId)
{
    private const long IdsPerStream = 1_000_000_000;
    private const long FirstOperator = 1001;

    private readonly DateTimeOffset _start = scenarioStart + stream.StartsAfter;
    private long _next;

    /// <summary>Takes the events up to <paramref name="now"/>, and the occurrences they open.</summary>
    public IEnumerable<(SegwareEvent Event, Occurrence? Opened)> Take(DateTimeOffset now)
    {
        while (TimeOf(_next) is { } at && at <= now)
        {
            yield return Make(_next++, at);
        }
    }

    private DateTimeOffset? TimeOf(long n)
    {
        if (stream.PerMinute is { } perMinute)
        {
            var offset = TimeSpan.FromMinutes((n + new SeededRandom(seed, index, n).Share(1)) / perMinute);
            return offset > stream.Lasts ? null : _start + offset;
        }

        var total = (long)stream.Keys * stream.EventsPerKey!.Value;
        var (round, i) = Math.DivRem(n, total);
        return round > 0 && stream.RepeatEvery is null
            ? null
            : _start + round * (stream.RepeatEvery ?? TimeSpan.Zero) + stream.Lasts!.Value * ((double)i / Math.Max(1, total - 1));
    }

    private (SegwareEvent, Occurrence?) Make(long n, DateTimeOffset at)
    {
        var seededRandom = new SeededRandom(seed, index, n);
        var key = EventKey.Of(stream, index, stream.PerMinute is null ? (int)(n % stream.Keys) : seededRandom.Below(2, stream.Keys));
        var occurrence = OccurrenceOf(n, key);
        var e = new SegwareEvent
        {
            AccountId = key.AccountId,
            Cuc = key.Cuc,
            Code = key.Code,
            At = at,
            Id = (IdsPerStream * (index + 1) + n).ToString(CultureInfo.InvariantCulture),
            OccurrenceId = occurrence?.Id,
            AvailableAt = seededRandom.Share(3) < stream.LateShare ? at + stream.LateBy * (0.5 + seededRandom.Share(4) / 2) : null,
        };
        return (e, occurrence is not null && FirstOfOccurrence(n) == n ? occurrence : null);
    }

    private Occurrence? OccurrenceOf(long n, EventKey key)
    {
        var first = FirstOfOccurrence(n);
        var seededRandom = new SeededRandom(seed, index, first);
        if (seededRandom.Share(5) >= stream.OccurrenceShare)
        {
            return null;
        }

        var openedAt = TimeOf(first)!.Value;
        return new Occurrence
        {
            Id = (IdsPerStream * (index + 1) + first).ToString(CultureInfo.InvariantCulture),
            AccountId = key.AccountId,
            OpenedAt = openedAt,
            ClosedAt = openedAt + stream.ClosedAfter,
            ClosedByUserId = seededRandom.Share(6) < stream.ExcusedShare ? systemUserId : FirstOperator + seededRandom.Below(7, 8),
        };
    }

    private long FirstOfOccurrence(long n)
    {
        if (stream.PerMinute is not null)
        {
            return n;
        }

        var total = (long)stream.Keys * stream.EventsPerKey!.Value;
        var ofKeyInRound = n % total / stream.Keys;
        return n - ofKeyInRound % stream.EventsPerOccurrence * stream.Keys;
    }
}
