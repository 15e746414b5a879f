using MassTransit;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;
using Sigma.Storage;

namespace Sigma.Evaluator.Clearing;

/// <summary>At start: alerts of rules that are no longer configured would stay raised for ever; they are cleared and say why.</summary>
internal sealed class RemovedRules(Database database, RuleSet rules, IBus bus, TimeProvider time, ILogger<RemovedRules> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            List<(Guid TriggerId, string Rule)> orphans;
            await using (var session = await database.Begin(stop))
            {
                orphans = await TriggerTable.RaisedByOtherRules(session, rules.All.Select(r => r.Name), stop);
                await session.Commit(stop);
            }
            foreach (var (trigger, rule) in orphans)
            {
                log.LogWarning("Rule {Rule} is no longer configured: its alert {TriggerId} is cleared", rule, trigger);
                await bus.Publish(new ClearDue { TriggerId = trigger, Through = time.GetUtcNow(), Reason = ClearReason.RuleRemoved }, stop);
            }
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogWarning("Alerts of removed rules could not be looked for, the next start tries again: {Reason}", e.Message);
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }
}
