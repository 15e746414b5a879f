using System.Diagnostics;
using System.Globalization;
using Sigma.Cli.Consoles;
using Sigma.Contracts;
using Sigma.OperatorConsole.Drills;

namespace Sigma.Cli.Drills;

/// <summary>A drill that a console starts and follows: it says which hops came, and ends it when it is over.</summary>
internal sealed class ConsoleDrill(ConsoleApi console, Screen screen)
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns the exit code.</summary>
    /// <param name="channels">Names of integrations; none for those that alerts go to.</param>
    /// <param name="limit">How long a hop may take after the one before it.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<int> Run(IReadOnlyList<string> channels, TimeSpan limit, CancellationToken ct)
    {
        OrderedDrill drill;
        try
        {
            drill = await console.Send<OrderedDrill>(HttpMethod.Post, "system/drills",
                new { channels = channels.Count == 0 ? null : string.Join(',', channels.Distinct()) }, ct);
        }
        catch (ConsoleException e) when (e.Status == System.Net.HttpStatusCode.Conflict)
        {
            screen.Line(new { verdict = "refused", says = e.Message }, Screen.OneLine(e.Message));
            return ExitCode.ProblemFound;
        }
        screen.Say($"Drill {drill.Id}. It is cleared {Drill.Window.TotalSeconds:0} s after its raise.");
        var (begun, lastAt) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        HashSet<(string, string?)> reported = [];
        using PeriodicTimer timer = new(LookEvery);
        while (true)
        {
            var progress = await console.Get<OperatorConsole.Drills.DrillProgress>($"system/drills/{drill.Id}", ct);
            var elapsed = Stopwatch.GetElapsedTime(begun);
            foreach (var hop in progress.Hops.Where(hop => hop.State != "waits" && reported.Add((hop.Name, hop.Channel))))
            {
                Report(drill.Id, hop, elapsed);
                lastAt = elapsed;
            }
            if (progress.Verdict is { } verdict)
                return Conclude(drill.Id, verdict == "passed", elapsed);
            if (elapsed - lastAt > limit + Drill.Window)
            {
                foreach (var hop in progress.Hops.Where(hop => hop.State == "waits"))
                    Report(drill.Id, hop with { State = "failed" }, elapsed);
                return Conclude(drill.Id, false, elapsed);
            }
            await timer.WaitForNextTickAsync(ct);
        }
    }

    void Report(Guid drill, DrillHop hop, TimeSpan elapsed)
    {
        var verdict = hop.State switch { "came" => "pass", "skipped" => "skip", _ => "FAIL" };
        var says = Screen.OneLine(string.Join(": ", new[] { hop.Channel, hop.Detail }.OfType<string>()));
        screen.Line(new { drill, hop = hop.Name, channel = hop.Channel, verdict = verdict.ToLowerInvariant(),
            seconds = Math.Round(elapsed.TotalSeconds, 1), says },
            string.Create(CultureInfo.InvariantCulture, $"{verdict,-5} {elapsed.TotalSeconds,6:0.0} s  {hop.Name} {says}").TrimEnd());
    }

    int Conclude(Guid drill, bool passed, TimeSpan elapsed)
    {
        screen.Line(new { drill, verdict = passed ? "pass" : "fail", seconds = Math.Round(elapsed.TotalSeconds, 1) },
            string.Create(CultureInfo.InvariantCulture,
                $"The drill {(passed ? "passed" : "FAILED")} after {elapsed.TotalSeconds:0.0} s. Nothing of it is in the reports."));
        return passed ? ExitCode.Ok : ExitCode.ProblemFound;
    }
}
