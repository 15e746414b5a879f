using Sigma.Faults.Injection;
using Sigma.Faults.Stations;
using Sigma.Faults.Watching;

namespace Sigma.Faults.Verdicts;

/// <summary>How long nobody looked, and how long it took to recover.</summary>
internal static class WatchVerdict
{
    const double MostSecondsAfterRestart = 30, ToEnd = 9998;

    /// <summary>A shorter run is for machines that do other things meanwhile: it says how long recovery took and judges only that it came.</summary>
    static readonly TimeSpan Judged = TimeSpan.FromMinutes(10);

    public static IEnumerable<Figure> Of(Station station, Schedule schedule, WatchedTime watched, DateTimeOffset from, DateTimeOffset to)
    {
        yield return new("Watching", "longest time any minute stayed unwatched",
            watched.LongestBlind(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds()).TotalSeconds, "s");
        yield return new("Watching", "services that left to be started anew, their bus being stuck", station.Services.Sum(s => s.Left));
        yield return Figure.None("Watching", "services that ended by themselves otherwise",
            station.Services.SelectMany(s => Enumerable.Repeat(s.Name, s.EndedByItself)));
        foreach (var group in schedule.Faults.GroupBy(s => s.Group).OrderBy(g => g.Key))
        {
            yield return new("Faults", group.Key, group.Count(), "times");
            var slowest = group.Max(s => s.NeverRecovered ? double.PositiveInfinity : s.Recovered!.Value.TotalSeconds);
            yield return new("Faults", $"{group.Key}: slowest recovery", double.IsPositiveInfinity(slowest) ? 9999 : slowest, "s")
            {
                AtMost = FaultKinds.Restarts.Contains(group.Key) && to - from >= Judged ? MostSecondsAfterRestart : ToEnd,
            };
        }
    }
}
