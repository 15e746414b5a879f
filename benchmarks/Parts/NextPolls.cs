using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Loading;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;

namespace Sigma.Benchmarks.Parts;

/// <summary>A poll with a little news on top of a full window: how long from Segware's answer to the last alert?</summary>
internal static class NextPolls
{
    public static async Task Run(BenchmarkStation station, Oracle oracle, int polls, Report report, CancellationToken ct)
    {
        report.Note(
            $"Next polls: {Shapes.NextPoll}. One every {Polls.Interval.TotalSeconds:0} s, {polls} measured after 2 to warm up; from the last byte of "
            + $"Segware's answer "
            + "that has the new events to the last due AlertRaised at the subscriber.");
        await Measure(station, oracle, "Next polls: 200 new events, 20,000 in the window", polls, 1000, report, ct);

        var full = Shapes.Full(TimeProvider.System.GetUtcNow(), oracle.Times.Sum(k => k.Value.Count));
        oracle.Add(full);
        Progress.Say($"Filling the window to {oracle.Times.Sum(k => k.Value.Count):#,0} events of {oracle.Times.Count:#,0} keys");
        var raised = oracle.Due.Except(station.Alerts.Raised).ToHashSet();
        await Preload.Run(station.Database, full, raised, ct);
        station.Alerts.Know(raised);
        report.Note($"1,000,000 events: {Shapes.FullWindow}.");
        await Measure(station, oracle, "Next polls: 200 new events, 1,000,000 in the window", polls, 2000, report, ct);
    }

    static async Task Measure(BenchmarkStation station, Oracle oracle, string part, int polls, int seed, Report report, CancellationToken ct)
    {
        const int WarmUp = 2;
        List<double> measured = [];
        for (var poll = 0; poll < WarmUp + polls; poll++)
        {
            var took = await Once(station, oracle, seed + poll, ct);
            Progress.Say($"{part}, {(poll < WarmUp ? "to warm up" : $"poll {poll - WarmUp + 1}")}: {took.TotalMilliseconds:0} ms");
            if (poll >= WarmUp)
                measured.Add(took.TotalMilliseconds);
        }
        measured.Sort();
        report.Add(
            new Figure(part, "from the answer to the last alert, median", measured[measured.Count / 2], "ms") { AtMost = 300 },
            new Figure(part, "from the answer to the last alert, longest", measured[^1], "ms") { AtMost = 300 },
            Polls.Exactness(part, oracle, station));
    }

    static async Task<TimeSpan> Once(BenchmarkStation station, Oracle oracle, int seed, CancellationToken ct)
    {
        // Right after a poll, so that the new events fall into the next one's newest slice as a whole.
        var now = TimeProvider.System.GetUtcNow();
        var before = await station.Segware.Holding(now, now, now, ct);
        await Task.Delay(TimeSpan.FromSeconds(1.2), ct);
        var from = before.To.AddMilliseconds(100);
        var to = before.To.AddMilliseconds(1100);
        var known = oracle.Due.ToHashSet();
        var events = Shapes.Next(oracle, Polls.Threshold, from, to, seed);
        oracle.Add(events);
        var due = oracle.Due.Except(known).ToList();
        station.Segware.Add(events);
        var answer = await station.Segware.Holding(from, to, TimeProvider.System.GetUtcNow(), ct);
        return await station.Alerts.Until(due, TimeSpan.FromSeconds(60), ct) - answer.AnsweredAt;
    }
}
