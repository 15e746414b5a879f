using System.Collections.Concurrent;

namespace Sigma.Simulator.Probed;

/// <summary>What probes look at: a page of health, numbers as JSON, and an address that fails now and then.</summary>
public sealed class ProbedSite
{
    private int _calls;

    /// <summary>Whether <c>/probed/health</c> answers 200 "all is well", or 503.</summary>
    public bool IsHealthy { get; set; } = true;

    /// <summary>Of <c>/probed/flaky</c> every so many-th call fails with 500; 0: none.</summary>
    public int FlakyEvery { get; set; } = 2;

    /// <summary>What <c>/probed/numbers</c> answers with, below <c>data</c>.</summary>
    public ConcurrentDictionary<string, double> Numbers { get; } = new() { ["price"] = 42 };

    internal bool FailsNow() => FlakyEvery > 0 && Interlocked.Increment(ref _calls) % FlakyEvery == 0;

    internal void Clear()
    {
        (IsHealthy, FlakyEvery, _calls) = (true, 2, 0);
        Numbers.Clear();
        Numbers["price"] = 42;
    }
}
