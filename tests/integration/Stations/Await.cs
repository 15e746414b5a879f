using System.Diagnostics;
using Sigma.IntegrationTests.Faults;

namespace Sigma.IntegrationTests.Stations;

/// <summary>Waits for a condition, and says what was seen last when it does not come.</summary>
internal static class Await
{
    // A commit whose answer was lost is looked at again when its claim has run out, which takes half a minute.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(FaultPlan.Seed is null ? 60 : 150);

    public static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> satisfied, string expectation, TimeSpan? patience = null)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (true)
        {
            var seen = await look();
            if (satisfied(seen))
                return seen;
            Assert.True(Stopwatch.GetElapsedTime(started) < (patience ?? Patience), $"Waited in vain until {expectation}; last seen: {seen}");
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task Until(Func<Task<bool>> condition, string expectation, TimeSpan? patience = null) => Until(condition, seen => seen, expectation, patience);
}
