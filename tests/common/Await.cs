using System.Diagnostics;
using Xunit;

namespace Sigma.Tests;

/// <summary>Waits for a condition, and says what was seen last when it does not come.</summary>
internal static class Await
{
    /// <summary>With faults injected, a commit whose answer was lost is looked at again when its claim has run out, which takes more than half a minute.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SIGMA_FAULTS_SEED")) ? 60 : 180);

    public static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> satisfied, string expectation, TimeSpan? patience = null, Func<long>? progress = null)
    {
        var (begun, reached) = (Stopwatch.GetTimestamp(), progress?.Invoke());
        var started = begun;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (true)
        {
            var seen = await look();
            if (satisfied(seen))
                return seen;
            if (progress is not null && reached != progress() && Stopwatch.GetElapsedTime(begun) < 4 * Patience)
                (started, reached) = (Stopwatch.GetTimestamp(), progress()); // slow is not stuck
            Assert.True(Stopwatch.GetElapsedTime(started) < (patience ?? Patience), $"Waited in vain until {expectation}; last seen: {seen}");
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task Until(Func<Task<bool>> condition, string expectation, TimeSpan? patience = null) => Until(condition, seen => seen, expectation, patience);
}
