using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Coverage;
using Sigma.Storage;

namespace Sigma.Standalone;

/// <summary>
/// In the place of a gateway: the news of two agents and of a disk, for the demonstration. One agent falls silent and comes back; the disk fills up
/// and is emptied.
/// </summary>
internal sealed class DemonstratedNews(IBus bus, CoverageLog coverage, TimeProvider time) : BackgroundService
{
    const string Gateway = "demonstration", Agents = "agents", Metrics = "metrics", Account = "300001";

    // By the demonstration's clock.
    static readonly TimeSpan Slice = TimeSpan.FromMinutes(1), SilentFrom = TimeSpan.FromMinutes(25), SilentTo = TimeSpan.FromMinutes(60),
        FullFrom = TimeSpan.FromMinutes(35), FullTo = TimeSpan.FromMinutes(75);

    /// <summary>The rules that watch it.</summary>
    public static Dictionary<string, string?> Rules { get; } = new()
    {
        ["Evaluator:Rules:0:Name"] = "excess-of-events",
        ["Evaluator:Rules:1:Name"] = "silent-agent",
        ["Evaluator:Rules:1:Kind"] = RuleKind.Absence,
        ["Evaluator:Rules:1:Source"] = Agents,
        ["Evaluator:Rules:1:GroupBy"] = "account,host",
        ["Evaluator:Rules:1:After"] = "00:10:00",
        ["Evaluator:Rules:1:Summary"] = "O agente {host} não dá notícias",
        ["Evaluator:Rules:2:Name"] = "disk-full",
        ["Evaluator:Rules:2:Kind"] = RuleKind.Threshold,
        ["Evaluator:Rules:2:Source"] = Metrics,
        ["Evaluator:Rules:2:GroupBy"] = "account,host",
        ["Evaluator:Rules:2:Limit"] = "90",
        ["Evaluator:Rules:2:RecoveryLimit"] = "80",
        ["Evaluator:Rules:2:Unit"] = "%",
        ["Evaluator:Rules:2:Summary"] = "O disco de {host} está quase cheio",
    };

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        var began = time.GetUtcNow();
        using var timer = new PeriodicTimer(Slice, time);
        try
        {
            for (var from = began; await timer.WaitForNextTickAsync(stop);)
            {
                // On a slow machine the news of a slice is still being stored when the next one is over: that one lasts longer then.
                if (from > began && (await coverage.Covered(IntakeLog.Source, stop))?.To < from.ToUnixTimeMilliseconds())
                    continue;
                var now = time.GetUtcNow();
                await bus.Publish(Beats(from, now, now - began), stop);
                await bus.Publish(Samples(from, now, now - began), stop);
                await bus.Publish(new IntakeReported { Gateway = Gateway, SliceFrom = from, SliceTo = now, Batches = 2 }, stop);
                from = now;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    static BeatsReported Beats(DateTimeOffset from, DateTimeOffset now, TimeSpan elapsed) => new()
    {
        BatchId = Ids.From(Agents, $"{now:O}"), Source = Agents, Intake = new(Gateway, from, 1),
        Beats = [.. ((string[])["receiver-1", "receiver-2"]).Where(host => host != "receiver-2" || elapsed < SilentFrom || elapsed > SilentTo)
            .Select(host => new Beat { Labels = Labels(host), At = now })],
    };

    static SamplesReported Samples(DateTimeOffset from, DateTimeOffset now, TimeSpan elapsed) => new()
    {
        BatchId = Ids.From(Metrics, $"{now:O}"), Source = Metrics, Intake = new(Gateway, from, 2),
        Samples = [new Sample
        {
            Series = "disk_used_percent", Labels = Labels("receiver-1"), At = now,
            Value = elapsed < FullFrom ? 60 + 0.8 * elapsed.TotalMinutes : elapsed < FullTo ? 93.5 : 41,
        }],
    };

    static Dictionary<string, string> Labels(string host) => new() { ["account"] = Account, ["host"] = host };
}
