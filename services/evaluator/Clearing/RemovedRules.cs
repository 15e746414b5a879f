using MassTransit;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Hosting.Messaging;
using Sigma.Storage;

namespace Sigma.Evaluator.Clearing;

/// <summary>At start: alerts of rules that are no longer configured would stay raised for ever; they are cleared and say why.</summary>
internal sealed class RemovedRules(Database database, RuleSet rules, IBus bus, TimeProvider time, ILogger<RemovedRules> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Clear(stop);
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                log.LogWarning("Alerts of removed rules could not all be cleared, the next try is in {Seconds} s: {Reason}", Pause.TotalSeconds, e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Clear(CancellationToken ct)
    {
        List<(Guid TriggerId, string Rule)> orphans;
        await using (var session = await database.Begin(ct))
        {
            orphans = await TriggerTable.RaisedByOtherRules(session, rules.Names, ct);
            await session.Commit(ct);
        }
        foreach (var (trigger, rule) in orphans)
        {
            log.LogWarning("Rule {Rule} is no longer configured: the alert of its trigger {TriggerId} is cleared", rule, trigger);
            await bus.PublishInTime(new ClearDue { TriggerId = trigger, Through = time.GetUtcNow(), Reason = ClearReason.RuleRemoved }, ct);
        }
    }
}
