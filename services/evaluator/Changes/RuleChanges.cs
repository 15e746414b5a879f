using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Conditions.External;
using Sigma.Evaluator.Rules;
using Sigma.Hosting.Messaging;
using Sigma.Storage;

namespace Sigma.Evaluator.Changes;

/// <summary>
/// Brings what is stored in line with the rules: at start with those of the settings, and whenever people have changed the book. Every step may be
/// repeated, by this evaluator after a crash or by another at the same time.
/// </summary>
internal sealed class RuleChanges(Database database, RuleBook book, RaisedAlerts raised, RuleTable table, Recount recount, RulesInForce inForce,
    ConditionSet conditions, ReportsOfBuiltIn reports, IBus bus, TimeProvider time, ILogger<RuleChanges> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), LookEvery = TimeSpan.FromSeconds(2);

    volatile RuleSet? _settled;

    /// <summary>The rules that what is stored was last brought in line with, and by which no alert of before lasts any more.</summary>
    public RuleSet? Settled => _settled;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        RuleSet? applied = null;
        Applying? last = null;
        while (!stop.IsCancellationRequested)
        {
            var pause = LookEvery;
            try
            {
                var rules = await Look(applied is null, stop);
                if (rules != applied)
                {
                    last = await Apply(rules, stop);
                    applied = last.IsDone ? rules : null;
                }
                if (last is { Ends: true })
                    last = await End(last, stop);
                _settled = last is { Ends: false, IsDone: true } ? last.Rules : null;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                log.Log(applied is null ? LogLevel.Warning : LogLevel.Debug,
                    "Applying the changed rules to stored events failed, retrying in {Seconds} s: {Reason}", Pause.TotalSeconds, e.Message);
                pause = Pause;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<RuleSet> Look(bool first, CancellationToken ct)
    {
        if (first)
            await RuleBook.Open(database, ct);
        return await book.Refresh(database, ct);
    }

    async Task<Applying> Apply(RuleSet rules, CancellationToken ct)
    {
        var changed = await table.Changed(rules, ct);
        inForce.KeepOnly(rules.All);
        foreach (var rule in rules.All.Except(changed.Counting.Keys))
            inForce.Add(rule);
        await raised.CarryOn(rules, ct); // first of all: its rule must not raise the key anew
        var ends = await raised.End(rules, ct) > 0;
        var counted = await recount.Run(rules, changed.Counting, ct);
        foreach (var rule in changed.Counting.Keys)
            inForce.Add(rule);
        await raised.LookAgain(rules, changed.Others.ToHashSet(), ct);
        foreach (var rule in changed.Others.Where(rule => rule.Kind == RuleKind.External && !rule.IsBuiltIn))
            await reports.TakeOver(rule, ct);
        await LookAtKeys(changed, counted, ct);
        var isDone = await table.Applied(rules, changed.All, ct);
        if (isDone && rules.Revision > 0)
        {
            log.LogInformation("The rules are those of revision {Revision}: {Rules}", rules.Revision,
                string.Join(", ", rules.All.Select(rule => rule.IsShadow ? $"{rule.Name} (in the shadow)" : rule.Name)));
            await bus.PublishInTime(new RulesChanged
            {
                Revision = rules.Revision, Rules = [.. rules.All.Select(rule => rule.Name)], InForceAt = time.GetUtcNow(),
            }, ct);
        }
        return new Applying(rules, changed, counted, isDone, ends);
    }

    // What was published to end them is lost with a broker or an older evaluator. While an alert of before was there its key was not raised anew.
    async Task<Applying> End(Applying last, CancellationToken ct)
    {
        if (await raised.End(last.Rules, ct) > 0)
            return last;
        await LookAtKeys(last.Changed, last.Counted, ct);
        return last with { Ends = false, Counted = [] };
    }

    async Task LookAtKeys(ChangedRules changed, Dictionary<Guid, KeyToCount> counted, CancellationToken ct)
    {
        await recount.Raise(counted, ct);
        foreach (var rule in changed.All)
        {
            await using var session = await database.Begin(ct);
            await conditions.Of(rule).LookAgain(session, rule, ct);
            if (!rule.IsBuiltIn)
                await PendingTable.LookAgain(session, rule.Name, ct);
            await session.Commit(ct);
        }
    }

    /// <summary>Rules that were applied, and whether alerts of before them still end.</summary>
    sealed record Applying(RuleSet Rules, ChangedRules Changed, Dictionary<Guid, KeyToCount> Counted, bool IsDone, bool Ends);
}
