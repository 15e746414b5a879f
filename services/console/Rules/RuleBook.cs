using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Rules;

/// <summary>
/// The rules, as the pages and the API have them: the evaluator keeps them and says what is wrong, here it is decided who may do what. Everybody
/// without limits may read; engineers change.
/// </summary>
internal sealed class RuleBook(EvaluatorClient evaluator, AuditLog audit, ILogger<RuleBook> log)
{
    /// <summary>All rules.</summary>
    public Task<RuleList> List(Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return evaluator.Rules(ct);
    }

    /// <summary>A rule, as it is or as it was by a revision; null when there is none.</summary>
    public Task<ListedRule?> Find(string name, long? revision, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return evaluator.Rule(name, revision, ct);
    }

    /// <summary>Who changed what, when and why, the newest first; of all rules when no name is given.</summary>
    public Task<ServicePage<RuleRevision>> Revisions(string? name, string? after, int limit, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return evaluator.RuleRevisions(name, after, limit, ct);
    }

    /// <summary>In which fields two revisions of a rule differ; without <paramref name="to"/>, from what it says now.</summary>
    public Task<IReadOnlyList<RuleDifference>> Difference(string name, long from, long? to, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return evaluator.RuleDifference(name, from, to, ct);
    }

    /// <summary>What is wrong with a rule beside those there are; empty when nothing is.</summary>
    public Task<IReadOnlyList<string>> Check(JsonObject rule, Caller caller, CancellationToken ct) => Check([rule], caller, ct);

    /// <summary>What is wrong with rules beside each other and those there are; empty when nothing is.</summary>
    public Task<IReadOnlyList<string>> Check(IReadOnlyList<JsonObject> rules, Caller caller, CancellationToken ct)
    {
        Demand(caller);
        return evaluator.CheckRules(rules, ct);
    }

    /// <summary>What a rule would have raised, line by line.</summary>
    public IAsyncEnumerable<BacktestLine> Backtest(BacktestQuestion question, Caller caller, CancellationToken ct)
    {
        Demand(caller);
        return evaluator.Backtest(question, ct);
    }

    /// <summary>Makes or changes a rule.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rule">What it is to say.</param>
    /// <param name="expected">Its revision as it was read; 0 when it must not be there yet; null when that does not matter.</param>
    /// <param name="why">Why.</param>
    /// <param name="caller">Who.</param>
    /// <param name="ct">Ends it.</param>
    public Task<RuleChange> Put(string name, JsonObject rule, long? expected, string? why, Caller caller, CancellationToken ct) =>
        Change("rule.put", name, name, caller, () => evaluator.PutRule(name, rule, expected, caller.Name, Said(why), ct), ct);

    /// <summary>Makes or changes rules, all or none.</summary>
    /// <param name="rules">What they are to say, each with its name.</param>
    /// <param name="expected">The book's revision as it was read; null when that does not matter.</param>
    /// <param name="why">Why.</param>
    /// <param name="caller">Who.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<IReadOnlyList<RuleChange>> PutAll(IReadOnlyList<JsonObject> rules, long? expected, string? why, Caller caller,
        CancellationToken ct)
    {
        Demand(caller);
        var before = Says(await evaluator.Rules(ct));
        var changes = await evaluator.PutRules(rules, expected, caller.Name, Said(why), ct);
        var made = changes.Where(change => change.Change is not null).ToList();
        if (made.Count == 0)
            return changes;
        try
        {
            var after = Says(await evaluator.Rules(CancellationToken.None));
            foreach (var change in made)
                await audit.Write(caller, "rule.put", change.Name, before.GetValueOrDefault(change.Name), after.GetValueOrDefault(change.Name),
                    CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogError(e, "The changes {First} to {Last} of rules by {By} are not all in the audit log; the rule book has them",
                made[0].Revision, made[^1].Revision, caller.Name);
        }
        return changes;
    }

    /// <summary>Has a rule judged <c>live</c>, in the <c>shadow</c> or not at all: <c>off</c>.</summary>
    public Task<RuleChange> SetMode(string name, string mode, long? expected, string? why, Caller caller, CancellationToken ct) =>
        Change("rule.mode", name, name, caller, () => evaluator.SetRuleMode(name, mode, expected, caller.Name, Said(why), ct), ct);

    /// <summary>Has a rule say again what it said by a revision, also one that was removed since.</summary>
    public Task<RuleChange> RollBack(string name, long revision, long? expected, string? why, Caller caller, CancellationToken ct) =>
        Change("rule.rollback", name, name, caller, () => evaluator.RollBackRule(name, revision, expected, caller.Name, Said(why), ct), ct);

    /// <summary>Makes another rule that says the same, switched off.</summary>
    public Task<RuleChange> Clone(string name, string clone, string? why, Caller caller, CancellationToken ct) =>
        Change("rule.clone", name, clone, caller, () => evaluator.CloneRule(name, clone, caller.Name, Said(why), ct), ct);

    /// <summary>Takes a rule away; what it had raised is cleared.</summary>
    public Task<RuleChange> Remove(string name, long? expected, string? why, Caller caller, CancellationToken ct) =>
        Change("rule.remove", name, name, caller, () => evaluator.RemoveRule(name, expected, caller.Name, Said(why), ct), ct);

    async Task<RuleChange> Change(string what, string from, string to, Caller caller, Func<Task<RuleChange>> change, CancellationToken ct)
    {
        Demand(caller);
        var before = await evaluator.Rule(from, null, ct);
        var changed = await change();
        if (changed.Change is null)
            return changed;
        try
        {
            // It is changed: who asked may be gone by now.
            var after = changed.IsRemoved ? null : await evaluator.Rule(to, null, CancellationToken.None);
            await audit.Write(caller, what, from, before?.Rule, after?.Rule, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogError(e, "The change {Revision} of the rule {Rule} by {By} is not in the audit log; the rule book has it", changed.Revision, from,
                caller.Name);
        }
        return changed;
    }

    // Those of the settings may share a name with none.
    static Dictionary<string, JsonObject?> Says(RuleList rules) =>
        rules.Rules.DistinctBy(rule => rule.Name).ToDictionary(rule => rule.Name, rule => rule.Rule);

    static void Demand(Caller caller)
    {
        caller.DemandNoLimits();
        caller.Demand(Role.Engineer);
    }

    static string? Said(string? why) => string.IsNullOrWhiteSpace(why) ? null : why.Trim();
}
