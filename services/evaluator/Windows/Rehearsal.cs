using System.Text.Json;
using MassTransit.Serialization;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Windows;

/// <summary>
/// Stores and counts a made-up batch at start and rolls it back: what the first real one needs is compiled before it comes,
/// and after a restart in the middle of a storm that is a second sooner.
/// </summary>
internal sealed class Rehearsal(Database database, EventStore store, RuleSet rules, TimeProvider time, ILogger<Rehearsal> log) : BackgroundService
{
    // The runtime compiles code a second time, for speed, when it was used some dozens of times and then left alone for a tenth of a second.
    const int Events = 300, Rounds = 6;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var source in rules.All.Select(rule => rule.Source).Distinct())
                    await Run(source, stop);
                await Task.Delay(Pause, stop);
            }
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogDebug("The rehearsal ended early, which does no harm: {Reason}", e.Message);
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    async Task Run(string source, CancellationToken ct)
    {
        var text = JsonSerializer.Serialize(Batch(source), SystemTextJsonMessageSerializer.Options);
        var batch = JsonSerializer.Deserialize<EventBatch>(text, SystemTextJsonMessageSerializer.Options)!;
        var touched = new Touched(batch, rules);
        await using var session = await database.Begin(ct); // never committed
        await store.Write(session, batch, touched, ct);
        foreach (var alike in touched.Keys.GroupBy(key => key.Rule))
        {
            var triggers = alike.Select(key => key.TriggerId).ToList();
            await TriggerTable.Raised(session, triggers, ct);
            await WindowCount.Excesses(session, triggers, alike.Key.Window, 1, 0, touched.Oldest, touched.Newest, ct);
            await WindowCount.Remainders(session, triggers, touched.Oldest - alike.Key.Window, 1, ct);
        }
    }

    EventBatch Batch(string source)
    {
        var now = time.GetUtcNow();
        return new EventBatch
        {
            BatchId = Guid.NewGuid(), Source = source, SliceFrom = now, SliceTo = now, Part = 1, Parts = 1,
            Events = [.. Enumerable.Range(0, Events).Select(i => new MonitoredEvent
            {
                EventId = $"rehearsal-{Guid.NewGuid():N}", OccurredAt = now, OccurrenceId = i % 2 == 0 ? null : "rehearsal",
                Labels = new Dictionary<string, string> { ["account"] = $"rehearsal-{i % 50}", ["cuc"] = "ALR", ["code"] = "E130" },
            })],
        };
    }
}
