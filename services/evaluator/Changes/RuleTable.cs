using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Changes;

/// <summary>Each rule as it was last applied.</summary>
internal sealed class RuleTable(Database database, RuleSet rules, TimeProvider time)
{
    /// <summary>
    /// The rules by which what is stored must be counted: new ones, changed ones, and those that were applied less than a window ago, for an evaluator with the
    /// settings of before may have stored events since.
    /// </summary>
    public async Task<List<Rule>> Changed(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var applied = await All(session, ct);
        var now = time.Milliseconds();
        return [.. rules.All.Where(rule => !IsApplied(rule, applied) || now - applied[rule.Name].At < rule.Window)];
    }

    /// <summary>Writes down that these are applied, and forgets those that are gone: one that comes back has missed events.</summary>
    public async Task Applied(IEnumerable<Rule> changed, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var applied = await All(session, ct);
        // The time stays where the definition does, or each start within a window would prolong it.
        foreach (var rule in changed.Where(rule => !IsApplied(rule, applied)).OrderBy(rule => rule.Name, StringComparer.Ordinal))
            await session.Execute(
                $"""
                insert into evaluator_rules(name, source, definition, applied_at) values(@Name, @Source, @definition, @now)
                {session.Dialect.OnConflictUpdate("name", "source", "definition", "applied_at")}
                """, new { rule.Name, rule.Source, definition = rules.DefinitionOf(rule), now = time.Milliseconds() }, ct);
        await session.Execute("delete from evaluator_rules where name not in @names", new { names = rules.All.Select(rule => rule.Name) }, ct);
        await session.Commit(ct);
    }

    bool IsApplied(Rule rule, Dictionary<string, AppliedRule> applied) => applied.TryGetValue(rule.Name, out var row) && row.Definition == rules.DefinitionOf(rule);

    static async Task<Dictionary<string, AppliedRule>> All(DbSession session, CancellationToken ct) => // as many rows as there are rules
        (await session.Query<AppliedRule>("select name Name, definition Definition, applied_at At from evaluator_rules", null, ct)).ToDictionary(row => row.Name, StringComparer.Ordinal);

    sealed class AppliedRule
    {
        public string Name { get; init; } = "";
        public string Definition { get; init; } = "";
        public long At { get; init; }
    }
}
