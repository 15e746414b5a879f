using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>
/// When an excess may raise an alert: the count has been at the threshold or above for as long as the rule wants it, and it is in the rule's hours.
/// All of it follows from the times of the events, so that it is the same whenever it is looked at. Times are milliseconds since 1970.
/// </summary>
internal static class RaiseMoment
{
    /// <summary>The first such moment; null when by these events there is none.</summary>
    /// <param name="times">Of the key's events, in order: at least all from <see cref="LooksBackFrom"/> on.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="threshold">The key's.</param>
    /// <param name="from">No earlier one is looked for.</param>
    /// <param name="judged">An earlier episode has covered what came up to then; an event must have come since.</param>
    public static long? First(IReadOnlyList<long> times, Rule rule, int threshold, long from, long judged)
    {
        long? since = null; // the first event that has come since, of a time in which the window is full without a break
        var until = long.MinValue; // that time's end, if nothing comes any more
        for (var newest = CountThrough(times, LooksBackFrom(rule, from)) + threshold - 1; newest < times.Count; newest++)
        {
            var oldest = times[newest - threshold + 1];
            if (times[newest] - oldest >= rule.Window)
                continue;
            if (times[newest] > until)
            {
                if (Within(rule, since, until, from) is { } moment)
                    return moment;
                since = null;
            }
            if (times[newest] > judged)
                since ??= times[newest];
            until = oldest + rule.Window;
        }
        return Within(rule, since, until, from);
    }

    /// <summary>Events up to this moment decide nothing from <paramref name="from"/> on.</summary>
    public static long LooksBackFrom(Rule rule, long from) => from - rule.For - rule.Window;

    /// <summary>How many of these times, in order, are up to a moment.</summary>
    public static int CountThrough(IReadOnlyList<long> times, long moment)
    {
        var (low, high) = (0, times.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (times[middle] <= moment)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    static long? Within(Rule rule, long? since, long until, long from)
    {
        if (since is not { } first)
            return null;
        var moment = Math.Max(first + rule.For, from);
        if (rule.Hours is { } hours && moment < until)
            moment = hours.FirstFrom(moment.ToTime()).ToUnixTimeMilliseconds();
        return moment < until ? moment : null;
    }
}
