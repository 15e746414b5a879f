using System.Diagnostics;
using Xunit;

namespace Sigma.Tests;

/// <summary>Waits for a condition, and says what was seen last when it does not come.</summary>
internal static class Await
{
    /// <summary>
    /// With faults injected, a commit whose answer was lost is looked at again when its claim has run out, which takes more than half a minute.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SIGMA_FAULTS_SEED"))
        ? 60 : 180);

    public static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> satisfied, string expectation, TimeSpan? patience = null,
        Func<long>? progress = null)
    {
        var begun = Stopwatch.GetTimestamp();
        var reached = progress?.Invoke();
        var started = begun;
        while (true)
        {
            var seen = await look();
            if (satisfied(seen))
                return seen;
            if (progress is not null && reached != progress() && Stopwatch.GetElapsedTime(begun) < 4 * Patience)
            { // slow is not stuck
                started = Stopwatch.GetTimestamp();
                reached = progress();
            }
            Assert.True(Stopwatch.GetElapsedTime(started) < (patience ?? Patience), $"Timed out waiting until {expectation}; last seen: {seen}");
            await Task.Delay(PauseAfter(Stopwatch.GetElapsedTime(begun)));
        }
    }

    // What takes long is looked at less often: the looks of many tests would keep the processors from what is waited for.
    static TimeSpan PauseAfter(TimeSpan waited) => TimeSpan.FromMilliseconds(Math.Clamp(waited.TotalMilliseconds / 20, 10, 100));

    public static Task Until(Func<Task<bool>> condition, string expectation, TimeSpan? patience = null) =>
        Until(condition, seen => seen, expectation, patience);
}
