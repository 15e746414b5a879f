using Sigma.Simulator.Segware;

namespace Sigma.Faults.Traffic;

/// <summary>What one key should have led to, by counting its raw events plainly.</summary>
internal sealed class Key
{
    static readonly long Window = (long)Plan.Window.TotalMilliseconds;

    readonly List<(long At, long Seen, bool Excused)> _events;

    public Key(long account, IEnumerable<SegwareEvent> events, IReadOnlySet<string> excused)
    {
        Account = account;
        _events =
            [.. events.Select(e => (e.At.ToUnixTimeMilliseconds(), (e.AvailableAt ?? e.At).ToUnixTimeMilliseconds(), e.OccurrenceId is { } o
                && excused.Contains(o))).Order()];
        Due = Excesses([.. _events.Where(e => !e.Excused).Select(e => e.At)]);
        Possible = Excesses([.. _events.Select(e => e.At)]);
    }

    public long Account { get; }

    /// <summary>Stretches with the threshold or more in the window whatever is excused: each must be raised, once.</summary>
    public IReadOnlyList<(long From, long To)> Due { get; }

    /// <summary>The same with the excused events, which count until they are known to be excused: only here may anything be raised.</summary>
    public IReadOnlyList<(long From, long To)> Possible { get; }

    /// <summary>The most that can have been counted in the window ending at a time.</summary>
    public int CountAt(long time) => _events.Count(e => e.At <= time && e.At > time - Window);

    /// <summary>
    /// Whether, at some moment between two, fewer than the threshold of the events seen by <paramref name="seenBy"/> were in the window.
    /// </summary>
    /// <param name="from">The earlier moment.</param>
    /// <param name="to">The later one.</param>
    /// <param name="seenBy">Events that came later than this are left out.</param>
    /// <param name="counts">Whether an event counts (its time, and since when it is there).</param>
    public bool WasNormal(long from, long to, long seenBy, Func<long, long, bool> counts)
    {
        var counted = _events.Where(e => !e.Excused && e.Seen <= seenBy && counts(e.At, e.Seen)).Select(e => e.At).ToList();
        return counted.Select(at => at + Window).Where(drop => drop > from && drop <= to).Append(to)
            .Any(moment => counted.Count(at => at <= moment && at > moment - Window) < Plan.Threshold);
    }

    static List<(long From, long To)> Excesses(List<long> times)
    {
        List<(long From, long To)> found = [];
        for (var i = Plan.Threshold - 1; i < times.Count; i++)
        {
            if (times[i] - times[i - Plan.Threshold + 1] >= Window)
                continue;
            var from = times[i];
            var to = times[i - Plan.Threshold + 1] + Window; // from then on the first of these has left the window
            if (found is [.., var last] && from <= last.To)
                found[^1] = last with { To = Math.Max(last.To, to) };
            else
                found.Add((from, to));
        }
        return found;
    }
}

/// <summary>Recounts the simulator's raw events.</summary>
internal sealed class Oracle
{
    public Oracle(IEnumerable<SegwareEvent> offered, IEnumerable<Occurrence> occurrences)
    {
        var excused = occurrences.Where(o => o.ClosedByUserId == Plan.SystemUser).Select(o => o.Id).ToHashSet();
        Offered = [.. offered.Where(e => e is { Injected: false, Raw: null })];
        Keys = Offered.GroupBy(e => e.AccountId).ToDictionary(g => g.Key, g => new Key(g.Key, g, excused));
    }

    /// <summary>All that Segware showed, but for what we put there ourselves.</summary>
    public IReadOnlyList<SegwareEvent> Offered { get; }

    public IReadOnlyDictionary<long, Key> Keys { get; }
}
