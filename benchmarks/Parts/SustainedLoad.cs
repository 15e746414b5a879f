using Sigma.Benchmarks.Broker;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;
using Sigma.Evaluator;

namespace Sigma.Benchmarks.Parts;

/// <summary>A flood that does not end: how many events a second are stored and counted, and what does it cost?</summary>
internal static class SustainedLoad
{
    const string Part = "Sustained load, batches of 1,000 events";
    const int Ahead = 16; // waiting in the queue, so that the evaluator is never idle

    // Some batches are taken meanwhile, never half of those that wait.
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task Run(BenchmarkServers servers, CommandLine wanted, double databaseAlone, Report report, CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "sustained", ct);
        var evaluator = station.StartEvaluator();
        await evaluator.Ready(ct);
        // The fetcher polls beside it, events of a source of its own: there is a second service to look at, and other load as in life.
        var fetcher = station.StartFetcher(("Fetcher__Source", "beside"), ("Fetcher__PollInterval", Polls.Interval.ToString()),
            ("Fetcher__Overlap", (2 * Polls.Interval).ToString()));
        await fetcher.Ready(ct);
        await using var publisher = await BatchPublisher.Start(station.Broker, ct);
        var flood = new Flood(TimeProvider.System.GetUtcNow().AddHours(-12));
        var oracle = new Oracle(Polls.Window, Polls.Threshold);
        await publisher.Publish(flood.Before(), ct);
        await station.Covered("segware", flood.QuietFrom, flood.From, ct);

        var seconds = wanted.Seconds ?? 60;
        Progress.Say($"Sustained load for {seconds} s");
        var processors = ProcessorTime.Begin(servers, station.Services);
        var started = TimeProvider.System.GetUtcNow();
        var batches = await Publish(station, publisher, flood, oracle, seconds, ct);
        var covered = await station.Covered("segware", flood.QuietFrom, flood.To, ct);
        var raised = await station.Alerts.Until([.. oracle.Due], TimeSpan.FromSeconds(60), ct);
        var took = (covered > raised ? covered : raised) - started;
        var rate = batches * Flood.BatchSize / took.TotalSeconds;

        report.Note(
            $"Sustained: {Flood.Shape}. The rate counts events stored, committed and counted, from the first batch published until the last due "
                + $"alert. The load itself is made on the same machine.");
        report.Add(
            new Figure(Part, "events a second, stored and counted", rate, "/s") { AtLeast = 22_000 },
            new Figure(Part, "share of what the database takes by itself", 100 * rate / databaseAlone, "%") { AtLeast = 55 },
            new Figure(Part, "events", batches * Flood.BatchSize, ""),
            new Figure(Part, "duration", took.TotalSeconds, "s"),
            new Figure(Part, "alerts raised meanwhile", oracle.Due.Count, ""),
            Polls.Exactness(Part, oracle, station));
        report.Add([.. processors.Figures(Part, batches * Flood.BatchSize)]);
        foreach (var service in station.Services)
            report.Add([.. service.Memory.Figures(Part, service.Name, judgeGrowth: true)]);
        await Tables(station, report, ct);
    }

    static async Task<long> Publish(BenchmarkStation station, BatchPublisher publisher, Flood flood, Oracle oracle, int seconds, CancellationToken ct)
    {
        var clock = TimeProvider.System.GetTimestamp();
        var batches = 0L;
        var told = 0L;
        var toldAt = 5;
        foreach (var service in station.Services)
            service.Memory.Begin();
        while (TimeProvider.System.GetElapsedTime(clock).TotalSeconds is var elapsed && elapsed < seconds)
        {
            var room = Ahead - (int)await publisher.Waiting(EvaluatorQueues.EventBatches, ct);
            if (room <= 0)
                await Task.Delay(Look, ct);
            else
            {
                var next = Enumerable.Range(0, room).Select(_ => flood.Next(oracle)).ToList();
                await Task.WhenAll(next.Select(batch => publisher.Publish(batch, ct)));
                batches += room;
            }
            if (elapsed < toldAt)
                continue;
            Progress.Say(
                $"{batches * Flood.BatchSize,10:#,0} events, {(batches - told) * Flood.BatchSize / 5,7:#,0}/s; {oracle.Due.Count:#,0} keys due; "
                + string.Join(", ", station.Services.Select(s => $"{s.Name} {s.Memory.Now:0} MB")));
            told = batches;
            toldAt = toldAt + 5;
        }
        return batches;
    }

    static async Task Tables(BenchmarkStation station, Report report, CancellationToken ct)
    {
        foreach (var table in (string[])["evaluator_events", "evaluator_window", "evaluator_parts", "sigma_cloud_events_tracker_triggers", "outbox"])
        {
            await station.List<object>($"analyze table {table}", ct);
            var bytes =
                await station.Ask<long>(
                    "select data_length + index_length from information_schema.tables where table_schema = database() and table_name = @table",
                    new { table }, ct);
            report.Add(new Figure("Tables after the sustained load", $"{table}, rows",
                await station.Ask<long>($"select count(*) from {table}", null, ct), ""),
                new Figure("Tables after the sustained load", $"{table}, size with indexes", bytes / 1048576d, "MB"));
        }
    }
}
