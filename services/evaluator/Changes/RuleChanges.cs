using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator.Changes;

/// <summary>
/// At start: brings what is stored in line with the rules as they are configured now. Every step may be repeated, by this evaluator after a crash or
/// by another at the same time.
/// </summary>
internal sealed class RuleChanges(RaisedAlerts raised, RuleTable table, Recount recount, RulesInForce inForce, RuleSet rules,
    ILogger<RuleChanges> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        for (var applied = false; !stop.IsCancellationRequested;)
        {
            try
            {
                if (!applied)
                    await Apply(stop);
                applied = true;
                // What was published to end them is lost with a broker or an older evaluator.
                if (await raised.End(stop) == 0)
                    return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                log.LogWarning("Applying the changed rules to stored events failed, retrying in {Seconds} s: {Reason}", Pause.TotalSeconds,
                    e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Apply(CancellationToken ct)
    {
        var changed = await table.Changed(ct);
        foreach (var rule in rules.All.Except(changed.Keys))
            inForce.Add(rule);
        await raised.CarryOn(ct); // first of all: its rule must not raise the key anew
        await raised.End(ct);
        var counted = await recount.Run(changed, ct);
        foreach (var rule in changed.Keys)
            inForce.Add(rule);
        await raised.LookAgain(ct);
        await recount.Raise(counted, ct);
        await table.Applied(changed.Keys, ct);
    }
}
