using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Conditions.Counting;

namespace Sigma.Benchmarks.Parts;

/// <summary>
/// How many events a second the database takes by itself: the evaluator's rows and statements of the same flood, from one connection, and no service.
/// </summary>
internal static class DatabaseAlone
{
    const string Part = "Database alone, 1,000 events a transaction";
    const int Ahead = 8; // batches made ready, so that the connection is never idle

    /// <summary>Returns the events a second.</summary>
    public static async Task<double> Run(BenchmarkServers servers, CommandLine wanted, Report report, CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "database", ct);
        var seconds = (wanted.Seconds ?? 60) / 3d;
        Progress.Say($"The database alone for {seconds:0} s");
        var batches = Channel.CreateBounded<(EventBatch Batch, BatchKeys Keys)>(Ahead);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var making = Make(batches.Writer, enough.Token);
        var processors = ProcessorTime.Begin(servers, []);
        var started = Stopwatch.GetTimestamp();
        var stored = 0L;
        var store = new EventStore(station.Database, new RuleBook(Options.Create(new EvaluatorOptions()), NullLogger<RuleBook>.Instance),
            TimeProvider.System);
        await using (var session = await station.Database.Begin(ct))
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
            {
                var (batch, keys) = await batches.Reader.ReadAsync(ct);
                stored += await store.Write(session, batch, keys, ct);
                await session.Commit(ct);
                await session.Begin(ct);
            }
        var rate = stored / Stopwatch.GetElapsedTime(started).TotalSeconds;
        report.Add(new Figure(Part, "events a second, stored", rate, "/s"), new Figure(Part, "events", stored, ""));
        report.Add([.. processors.Figures(Part, stored)]);
        await enough.CancelAsync();
        await making;
        return rate;
    }

    static Task Make(ChannelWriter<(EventBatch, BatchKeys)> batches, CancellationToken enough) => Task.Run(async () =>
    {
        var flood = new Flood(TimeProvider.System.GetUtcNow().AddHours(-12));
        var oracle = new Oracle(Polls.Window, Polls.Threshold);
        var rules = new RuleSet(Options.Create(new EvaluatorOptions()));
        try
        {
            while (true)
            {
                var batch = flood.Next(oracle);
                await batches.WriteAsync((batch, new BatchKeys(batch, rules)), enough);
            }
        }
        catch (OperationCanceledException)
        {
            // enough is stored
        }
    }, CancellationToken.None);
}
