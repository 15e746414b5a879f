using System.Text.Json;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Conditions.Counting;
using Sigma.Hosting.Telemetry;
using Sigma.Storage;

namespace Sigma.Standalone.ConsoleOutput;

/// <summary>
/// Logs the fullest window while it is at least half full, whenever it has changed by some events: a reader sees the count rise and fall.
/// For the demonstration: it looks at all windows each time.
/// </summary>
internal sealed class ProgressLog(Database database, RuleSet rules, TimeProvider time, ILogger<RaiseCheck> log) : BackgroundService
{
    const int WorthTelling = 4;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        var said = ("", Count: 0);
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                if (await Look(stop) is var (key, count, threshold) && (said.Item1 != key || Math.Abs(said.Count - count) >= WorthTelling))
                {
                    log.LogInformation("The fullest window has {Count} events, raised at {Threshold}: {Key}", count, threshold, key);
                    said = (key, count);
                }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task<(string Key, int Count, int Threshold)?> Look(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var (trigger, count, json) = await session.First<(Guid Trigger, long Count, string Labels)>(
            """
            select w.trigger_id, count(*) as number, min(e.labels) from evaluator_window w
              join evaluator_events e on e.event_key = w.event_key left join evaluator_excused x on x.occurrence_key = w.occurrence_key
            where x.occurrence_key is null and w.occurred_at > @after group by w.trigger_id order by number desc limit 1
            """, new { after = time.Milliseconds() - (long)rules.LongestWindow.TotalMilliseconds }, ct); // ix_evaluator_window_time
        await session.Commit(ct);
        if (trigger == Guid.Empty || JsonSerializer.Deserialize<Dictionary<string, string>>(json) is not { } labels)
            return null;
        var rule = rules.All.FirstOrDefault(r => r.TriggerId(r.KeyOf(labels)) == trigger);
        return rule?.LimitsOf(rule.KeyOf(labels)).Threshold is { } threshold && count * 2 >= threshold
            ? (rule.KeyOf(labels).Key(), (int)count, threshold) : null;
    }
}
