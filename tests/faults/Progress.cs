using System.Diagnostics;

namespace Sigma.Faults;

/// <summary>Lines that say what happens meanwhile.</summary>
internal static class Progress
{
    static readonly long Started = Stopwatch.GetTimestamp();

    public static void Say(string line) => Console.WriteLine($"[{Stopwatch.GetElapsedTime(Started).TotalSeconds,6:0.0} s] {line}");
}
