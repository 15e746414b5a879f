using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;

namespace Sigma.Benchmarks.Parts;

/// <summary>A backlog waits when the fetcher polls for the first time: how long until all is counted and every due alert is raised?</summary>
internal static class FirstPoll
{
    const string Part = "First poll: 20,000 events of 3,000 keys are waiting";

    /// <summary>The lease the fetcher takes as the first act of a poll ends this long after it began.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public static async Task Run(BenchmarkServers servers, BenchmarkStation station, Oracle oracle, Report report, CancellationToken ct)
    {
        var evaluator = station.StartEvaluator();
        await evaluator.Ready(ct);
        var events = Shapes.First(TimeProvider.System.GetUtcNow());
        oracle.Add(events);
        station.Segware.Add(events);
        await station.Segware.WarmUp(ct);

        Progress.Say($"First poll: {events.Count:#,0} events are waiting, {oracle.Due.Count:#,0} keys are due; starting the fetcher");
        var processStart = TimeProvider.System.GetUtcNow();
        station.StartFetcher(("Fetcher__PollInterval", Polls.Interval.ToString()), ("Fetcher__Overlap", (2 * Polls.Interval).ToString()));
        var processors = ProcessorTime.Begin(servers, station.Services);
        var first = await station.Segware.Next(ct);
        var pollStart = await PollStart(station, processStart, first.AskedAt, ct);

        var raised = await station.Alerts.Until([.. oracle.Due], TimeSpan.FromSeconds(120), ct);
        var covered = await station.Covered("segware", events.Min(e => e.At), pollStart.ToUnixTimeMilliseconds(), ct);
        var took = (raised > covered ? raised : covered) - pollStart;
        Progress.Say(
            $"Raised {oracle.Due.Count:#,0} alerts, the last {(raised - pollStart).TotalMilliseconds:0} ms after the poll's start; everything "
                + $"covered {(covered - pollStart).TotalMilliseconds:0} ms after it");

        report.Add([.. processors.Figures(Part, events.Count)]);
        report.Note(
            $"First poll: {Shapes.ManyKeys}. Both services have just been started: nothing is cached, but the tables are there. It "
                + $"ends with the last AlertRaised at a plain RabbitMQ subscriber and all time covered.");
        report.Add(
            new Figure(Part, "from the poll's start until all is counted and raised", took.TotalSeconds, "s") { AtMost = 3 },
            new Figure(Part, "from the start of the fetcher's process", (pollStart + took - processStart).TotalSeconds, "s"),
            new Figure(Part, "alerts raised", oracle.Due.Count, ""),
            Polls.Exactness(Part, oracle, station),
            new Figure(Part, "events not counted", events.Count - await station.Ask<long>("select count(*) from evaluator_window", null, ct), "")
                { AtMost = 0, AtLeast = 0 });
    }

    /// <summary>Told by the lease; when that cannot be, the start of the process stands in, which is earlier.</summary>
    static async Task<DateTimeOffset> PollStart(BenchmarkStation station, DateTimeOffset processStart, DateTimeOffset firstCall, CancellationToken ct)
    {
        var until = await station.Ask<long>("select lease_until from fetcher_sources where source = 'segware'", null, ct);
        var told = DateTimeOffset.FromUnixTimeMilliseconds(until) - Lease;
        return told > processStart && told <= firstCall ? told : processStart;
    }
}
