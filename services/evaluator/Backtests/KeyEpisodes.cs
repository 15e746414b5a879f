using Sigma.Evaluator.Conditions.Counting;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator.Backtests;

/// <summary>
/// The episodes that one key of a rule that counts would have had, from the times of its events. It looks when the evaluator would have: whenever
/// another step of time was covered. Times are milliseconds since 1970.
/// </summary>
internal sealed class KeyEpisodes(Rule rule, Limits limits, IReadOnlyList<CoveredRange> covered, long step)
{
    readonly long _window = rule.Window, _keepFor = (long)rule.Options.KeepFor.TotalMilliseconds;

    /// <summary>The oldest first.</summary>
    /// <param name="times">In order.</param>
    public List<BacktestEpisode> Of(IReadOnlyList<long> times)
    {
        List<BacktestEpisode> episodes = [];
        var judged = -1L;
        while (RaiseMoment.First(times, rule, limits.Threshold, judged + 1, judged) is { } raised)
        {
            var (cleared, most) = EndOf(times, raised);
            episodes.Add(new BacktestEpisode(raised, cleared, most));
            if (cleared is null)
                break;
            judged = cleared.Value;
        }
        return episodes;
    }

    (long? ClearedAt, int Most) EndOf(IReadOnlyList<long> times, long raised)
    {
        var newest = RaiseMoment.CountThrough(times, raised) - 1;
        var at = LookAfter(times[RaiseMoment.CountThrough(times, raised - _window)] + _window + _keepFor, raised);
        var through = newest;
        while (at is { } look)
        {
            while (through + 1 < times.Count && times[through + 1] <= look)
                through++;
            if (through - limits.ClearBelow + 1 is >= 0 and var limiting && times[limiting] > look - _window)
                at = LookAfter(times[limiting] + _window + _keepFor, look);
            else if (_keepFor > 0 && LastFull(times, through, look) is { } full && full + _keepFor > look)
                at = LookAfter(full + _keepFor, look);
            else
                break;
        }
        return (at, Fullest(times, newest, at is null ? times.Count - 1 : through));
    }

    /// <summary>The first look at or after a time, and after the last one, by which so much is covered that an alert may be cleared.</summary>
    long? LookAfter(long due, long last)
    {
        foreach (var stretch in covered)
        {
            var from = Math.Max(Math.Max(due, last + 1), stretch.From + _window + _keepFor);
            var look = Math.Min(stretch.From + (from - stretch.From + step - 1) / step * step, stretch.To);
            if (look >= from)
                return look;
        }
        return null;
    }

    long? LastFull(IReadOnlyList<long> times, int through, long look)
    {
        var from = through;
        while (from > 0 && times[from - 1] > look - 2 * _window - _keepFor)
            from--;
        return CountCondition.LastFullAt([.. times.Skip(from).Take(through - from + 1)], _window, limits.ClearBelow);
    }

    int Fullest(IReadOnlyList<long> times, int raised, int through)
    {
        var most = 0;
        for (int newest = raised, oldest = 0; newest <= through; newest++)
        {
            while (times[newest] - times[oldest] >= _window)
                oldest++;
            most = Math.Max(most, newest - oldest + 1);
        }
        return most;
    }
}

/// <summary>One episode that would have been.</summary>
/// <param name="RaisedAt">When it was raised, for most rules at the event that reached the threshold; milliseconds since 1970.</param>
/// <param name="ClearedAt">Up to when all had to be covered to clear it; null while it would last.</param>
/// <param name="Most">Events in its fullest window.</param>
internal readonly record struct BacktestEpisode(long RaisedAt, long? ClearedAt, int Most);
