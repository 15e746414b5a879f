using System.Diagnostics;
using Sigma.Benchmarks.Broker;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;
using Sigma.Evaluator;

namespace Sigma.Benchmarks.Parts;

/// <summary>More than can be taken: does the queue grow and nothing else, is all caught up with, is nothing lost?</summary>
internal static class Overload
{
    const string Part = "Overload";
    const int Times = 10, AtOnce = 16;
    const double MostSpread = 100; // MB

    public static async Task Run(BenchmarkServers servers, CommandLine wanted, Report report, CancellationToken ct)
    {
        var seconds = wanted.Seconds ?? 300;
        var rate = wanted.Rate * Times;
        await using var station = await BenchmarkStation.Create(servers, "overload", ct);
        // Events are counted at the end: none may have been purged by then.
        var evaluator = station.Start("evaluator", "Sigma.Evaluator.dll", ("Evaluator__KeepEvents", "30.00:00:00"));
        await evaluator.Ready(ct);
        await using var publisher = await BatchPublisher.Start(station.Broker, ct);
        var length = Flood.Slice * ((double)seconds * rate / Flood.BatchSize);
        var flood = new Flood(TimeProvider.System.GetUtcNow() - length - TimeSpan.FromHours(1), even: true);
        var oracle = new Oracle(Polls.Window, Polls.Threshold);
        await publisher.Publish(flood.Before(), ct);
        await station.Covered("segware", flood.QuietFrom, flood.From, ct);

        Progress.Say($"Offering {rate:#,0} events/s for {seconds} s, {Times} times the {wanted.Rate:#,0} of a busy station");
        var samples = new Samples(servers, station, publisher, TimeSpan.FromSeconds(Math.Min(30, seconds / 4)));
        using var sampled = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var sampling = samples.Take(sampled.Token);
        var started = Stopwatch.GetTimestamp();
        var batches = await Offer(publisher, flood, oracle, seconds, rate, ct);
        var offered = Stopwatch.GetElapsedTime(started);
        var behind = samples.Depth;
        Progress.Say(
            $"Offered {batches * Flood.BatchSize:#,0} events, {batches * Flood.BatchSize / offered.TotalSeconds:#,0}/s; {behind:#,0} batches wait; "
                + $"catching up");

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(120 + 10 * seconds));
        await station.Covered("segware", flood.QuietFrom, flood.To, patience.Token);
        await station.Alerts.Until([.. oracle.Due], TimeSpan.FromSeconds(60), ct);
        var caughtUp = Stopwatch.GetElapsedTime(started);
        await sampled.CancelAsync();
        await sampling;

        report.Note(
            $"Overload: {Flood.Shape}; quiet keys get their events in turn, so that none is ever due. The load is made on the same machine and takes "
            + $"from what is measured. "
            + $"Memory is looked at from {samples.WarmUp.TotalSeconds:0} s after the start until all is caught up with.");
        report.Add(
            new Figure(Part, "events a second offered", batches * Flood.BatchSize / offered.TotalSeconds, "/s"),
            new Figure(Part, "duration of the offer", offered.TotalSeconds, "s"),
            new Figure(Part, "events offered", batches * Flood.BatchSize, ""),
            new Figure(Part, "batches waiting, most", samples.Deepest, ""),
            new Figure(Part, "batches waiting when the offer ended", behind, ""),
            new Figure(Part, "caught up after the end of the offer", (caughtUp - offered).TotalSeconds, "s"),
            new Figure(Part, "events a second stored and counted, over all", batches * Flood.BatchSize / caughtUp.TotalSeconds, "/s"),
            new Figure(Part, "events not stored",
                batches * Flood.BatchSize - await station.Ask<long>("select count(*) from evaluator_events", null, ct), "")
                { AtMost = 0, AtLeast = 0 },
            new Figure(Part, "events not in their window",
                batches * Flood.BatchSize - await station.Ask<long>("select count(*) from evaluator_window", null, ct), "")
                { AtMost = 0, AtLeast = 0 },
            new Figure(Part, "batches in the error queue", await publisher.Failed(EvaluatorQueues.EventBatches, ct), "") { AtMost = 0 },
            new Figure(Part, "alerts raised", oracle.Due.Count, ""),
            Polls.Exactness(Part, oracle, station),
            new Figure(Part, "memory of the broker, most", samples.BrokerMost, "MB"));
        report.Add([.. evaluator.Memory.Figures(Part, evaluator.Name, judgeGrowth: seconds >= 60),
            evaluator.Memory.Spread(Part, evaluator.Name, MostSpread)]);
    }

    /// <summary>As many as are due by the clock, as long as they can be made that fast.</summary>
    static async Task<long> Offer(BatchPublisher publisher, Flood flood, Oracle oracle, int seconds, int rate, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var batches = 0L;
        while (Stopwatch.GetElapsedTime(started).TotalSeconds is var elapsed && elapsed < seconds)
        {
            var due = (int)Math.Min(AtOnce, (long)(elapsed * rate / Flood.BatchSize) - batches);
            if (due <= 0)
            {
                await Task.Delay(5, ct);
                continue;
            }
            var next = Enumerable.Range(0, due).Select(_ => flood.Next(oracle)).ToList();
            await Task.WhenAll(next.Select(batch => publisher.Publish(batch, ct)));
            batches += due;
        }
        return batches;
    }

    /// <summary>What was seen every second.</summary>
    sealed class Samples(BenchmarkServers servers, BenchmarkStation station, BatchPublisher publisher, TimeSpan warmUp)
    {
        const int TellEvery = 5;

        public TimeSpan WarmUp => warmUp;
        public uint Depth { get; private set; }
        public uint Deepest { get; private set; }
        public double BrokerMost { get; private set; }

        public async Task Take(CancellationToken ct)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            try
            {
                for (var second = 1; await timer.WaitForNextTickAsync(ct); second++)
                {
                    Depth = await publisher.Waiting(EvaluatorQueues.EventBatches, ct);
                    Deepest = Math.Max(Deepest, Depth);
                    var broker = Broker();
                    BrokerMost = Math.Max(BrokerMost, broker);
                    if (second == (int)warmUp.TotalSeconds)
                        foreach (var service in station.Services)
                            service.Memory.Begin();
                    if (second % TellEvery == 0)
                        Progress.Say($"{Depth,6:#,0} batches wait; "
                            + string.Join(", ", station.Services.Select(s => $"{s.Name} {s.Memory.Now:0} MB")) + $", broker {broker:0} MB");
                }
            }
            catch (OperationCanceledException)
            {
                // all is caught up with
            }
        }

        // A server that is not ours cannot be watched.
        double Broker()
        {
            try
            {
                using var process = Process.GetProcessById(servers.Broker.ProcessId);
                return process.WorkingSet64 / 1048576d;
            }
            catch (Exception e) when (e is InvalidOperationException or ArgumentException)
            {
                return 0;
            }
        }
    }
}
