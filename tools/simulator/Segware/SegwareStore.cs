using System.Globalization;

namespace Sigma.Simulator.Segware;

/// <summary>What Segware holds. Safe to add to from any thread while requests are answered.</summary>
public sealed class SegwareStore
{
    private readonly Lock _lock = new();
    private readonly Timeline<SegwareEvent> _events = new(e => e.At);
    private readonly Timeline<Occurrence> _occurrencesByOpening = new(o => o.OpenedAt);
    private readonly Timeline<Occurrence> _occurrencesByClosing = new(o => o.ClosedAt!.Value);
    private readonly Dictionary<string, Occurrence> _occurrences = [];
    private long _lastId;

    internal SegwareStore(int seed) => Accounts = new SimulatedAccounts(seed);

    /// <summary>Accounts, companies and client groups.</summary>
    public SimulatedAccounts Accounts { get; }

    /// <summary>How many events there are, the late ones included.</summary>
    public int EventCount
    {
        get
        {
            lock (_lock)
            {
                return _events.Count;
            }
        }
    }

    /// <summary>Adds one event.</summary>
    /// <returns>The event as kept, with its id.</returns>
    public SegwareEvent Add(SegwareEvent added)
    {
        lock (_lock)
        {
            var kept = Complete_NeedsLock(added);
            _events.Add(kept);
            return kept;
        }
    }

    /// <summary>Adds many events, in any order; far cheaper than one by one.</summary>
    public void AddRange(IEnumerable<SegwareEvent> events)
    {
        lock (_lock)
        {
            _events.AddRange(events.Select(Complete_NeedsLock));
        }
    }

    /// <summary>
    /// Adds <paramref name="count"/> events of one key, the first at <paramref name="first"/>, then one every <paramref name="spacing"/>.
    /// </summary>
    public void AddBurst(long accountId, string cuc, string code, int count, DateTimeOffset first, TimeSpan spacing, string? occurrenceId = null) =>
        AddRange(Enumerable.Range(0, count).Select(i => new SegwareEvent
        {
            AccountId = accountId, Cuc = cuc, Code = code, At = first + i * spacing, OccurrenceId = occurrenceId,
        }));

    /// <summary>Adds an occurrence, or replaces the one with the same id.</summary>
    public void Add(Occurrence occurrence)
    {
        lock (_lock)
        {
            if (_occurrences.Remove(occurrence.Id, out var replaced))
            {
                _occurrencesByOpening.Remove(replaced);
                _occurrencesByClosing.Remove(replaced);
            }

            _occurrences.Add(occurrence.Id, occurrence);
            _occurrencesByOpening.Add(occurrence);
            if (occurrence.ClosedAt is not null)
            {
                _occurrencesByClosing.Add(occurrence);
            }
        }
    }

    /// <summary>All events from <paramref name="from"/> to <paramref name="to"/>, both included, whether offered already or still late.</summary>
    public IReadOnlyList<SegwareEvent> EventsBetween(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_lock)
        {
            return [.. _events.Within(new TimeSlice(from, to))];
        }
    }

    /// <summary>Forgets all events and occurrences; accounts stay.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _events.Clear();
            _occurrencesByOpening.Clear();
            _occurrencesByClosing.Clear();
            _occurrences.Clear();
            _lastId = 0;
        }
    }

    /// <summary>Up to one more than <paramref name="limit"/>, so that the caller sees there were too many.</summary>
    internal List<SegwareEvent> EventsOffered(TimeSlice slice, DateTimeOffset now, int limit, bool injectedToo)
    {
        lock (_lock)
        {
            return [.. _events.Within(slice).Where(e => e.IsOfferedAt(now) && (injectedToo || !e.Injected)).Take(limit + 1)];
        }
    }

    /// <inheritdoc cref="EventsOffered"/>
    internal List<Occurrence> OccurrencesOffered(TimeSlice slice, OccurrenceTime by, long? closedByUserId, DateTimeOffset now, int limit)
    {
        var timeline = by == OccurrenceTime.Opened ? _occurrencesByOpening : _occurrencesByClosing;
        lock (_lock)
        {
            return
            [
                .. timeline.Within(slice)
                    .Where(o => o.OpenedAt <= now && (by == OccurrenceTime.Opened || o.IsClosedAt(now)))
                    .Where(o => closedByUserId is null || (o.IsClosedAt(now) && o.ClosedByUserId == closedByUserId))
                    .Take(limit + 1),
            ];
        }
    }

    // Answers show milliseconds: what is finer would fall outside the very slice it is shown for.
    private SegwareEvent Complete_NeedsLock(SegwareEvent added)
    {
        var at = added.At.ToUniversalTime();
        return added with
        {
            At = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond)),
            Id = added.Id ?? (++_lastId).ToString(CultureInfo.InvariantCulture),
        };
    }
}
