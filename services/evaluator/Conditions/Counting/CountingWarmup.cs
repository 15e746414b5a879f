using System.Text.Json;
using MassTransit.Serialization;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting;

/// <summary>
/// Stores and counts a synthetic batch at start and rolls it back, so that the code of the first real one is compiled before,
/// and after a restart in the middle of a storm that is a second sooner.
/// </summary>
internal sealed class CountingWarmup(Database database, EventStore store, RuleBook book, TimeProvider time, ILogger<CountingWarmup> log)
    : BackgroundService
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
                foreach (var source in book.Now.Counting.Select(rule => rule.EventSource).Distinct())
                    await Run(source, stop);
                await Task.Delay(Pause, stop);
            }
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogDebug("The warm-up ended early; the first messages take longer: {Reason}", e.Message);
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
        var keys = new BatchKeys(batch, book.Now);
        await using var session = await database.Begin(ct); // never committed
        await store.Write(session, batch, keys, ct);
        foreach (var alike in keys.Keys.GroupBy(key => key.Rule))
        {
            var triggers = alike.Select(key => key.TriggerId).ToList();
            await TriggerTable.Raised(session, triggers, ct);
            await WindowCount.ThresholdCrossings(session, triggers, alike.Key.Window, 1, 0, keys.Oldest, keys.Newest, ct);
            await WindowCount.RemainingCounts(session, triggers, keys.Oldest - alike.Key.Window, 1, ct);
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
