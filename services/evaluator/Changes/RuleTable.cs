using Sigma.Contracts;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Coverage;
using Sigma.Evaluator.Rules;
using Sigma.Storage;
using Sigma.Storage.Retention;

namespace Sigma.Evaluator.Changes;

/// <summary>The rules that are not as they were last applied.</summary>
/// <param name="Counting">Those by which what is stored must be counted, each with the time after which events count; milliseconds since
/// 1970.</param>
/// <param name="Others">Those of other kinds, whose keys must be looked at.</param>
internal sealed record ChangedRules(IReadOnlyDictionary<Rule, long> Counting, IReadOnlyList<Rule> Others)
{
    public IEnumerable<Rule> All => Counting.Keys.Concat(Others);
}

/// <summary>Each rule as it was last applied, and the time after which events count for it.</summary>
internal sealed class RuleTable(Database database, RuleBook book, CoverageLog coverage, ConditionSet conditions, OldRows rows, TimeProvider time)
{
    // Hints and late events of covered time may be so old when a rule is renamed; time before that is done with.
    static readonly long Unsettled = (long)TimeSpan.FromMinutes(15).TotalMilliseconds;
    static readonly long LongestGap = (long)TimeSpan.FromHours(4).TotalMilliseconds;

    /// <summary>
    /// New ones, changed ones, and of those that count also the ones that were applied less than a window ago, for an evaluator with the settings of
    /// before may have stored events since. Tries that fail do not move the time.
    /// </summary>
    public async Task<ChangedRules> Changed(RuleSet rules, CancellationToken ct)
    {
        Dictionary<string, (long CoveredTo, long Gap)> ends = [];
        foreach (var source in rules.Counting.Select(rule => rule.CoveredAs).Distinct())
            if (await coverage.Covered(source, ct) is { } coveredRange)
                ends[source] = (coveredRange.To, await coverage.FirstGap(source, coveredRange.To - LongestGap, ct) ?? coveredRange.To);
        await using var session = await database.Begin(ct);
        var applied = await All(session, ct);
        Dictionary<Rule, long> changed = [];
        List<Rule> others = [];
        foreach (var rule in Applicable(rules).OrderBy(rule => rule.Name, StringComparer.Ordinal))
        {
            var (coveredTo, gap) = ends.GetValueOrDefault(rule.CoveredAs, (0, 0));
            var definition = rules.DefinitionOf(rule);
            var unsettled = Math.Max(0, gap - rule.Window - Unsettled);
            var row = applied.GetValueOrDefault(rule.Name);
            if (row?.Definition == definition)
            {
                if (rule.Kind != RuleKind.Count)
                {
                    if (row.At == 0)
                        others.Add(rule);
                }
                else if (row.At == 0)
                    changed[rule] = row.CountsFrom;
                else if (time.Milliseconds() - row.At < rule.Window)
                    changed[rule] = Math.Max(row.CountsFrom, unsettled);
                continue;
            }
            var former = row is null
                ? rule.FormerNames.Select(applied.GetValueOrDefault).FirstOrDefault(former => former?.Definition == definition) : null;
            var from = former is not null ? Math.Max(former.CountsFrom, unsettled) : Math.Max(0, (row is null ? coveredTo : gap) - rule.Window);
            await session.Execute(
                $"""
                insert into evaluator_rules(name, source, definition, applied_at, counts_from) values(@Name, @Source, @definition, 0, @from)
                {session.Dialect.OnConflictUpdate("name", "source", "definition", "applied_at", "counts_from")}
                """, new { rule.Name, rule.Source, definition, from }, ct);
            if (rule.Kind == RuleKind.Count)
                changed[rule] = from;
            else
                others.Add(rule);
        }
        await session.Commit(ct);
        return new ChangedRules(changed, others);
    }

    /// <summary>
    /// Stores the applied rules and deletes those that are gone, with what is kept of their keys: one that comes back has missed its news. False when
    /// somebody has changed them meanwhile.
    /// </summary>
    public async Task<bool> Applied(RuleSet rules, IEnumerable<Rule> changed, CancellationToken ct)
    {
        Dictionary<string, List<string>> gone = [];
        await using (var session = await database.Begin(ct))
        {
            if (await book.Current(session, ct) != rules)
                return false;
            foreach (var table in conditions.Tables)
                gone[table] = (await KeptRules.In(session, table, ct)).FindAll(name => !rules.Keeps(name));
            await Store(session, rules, changed, ct);
            await session.Commit(ct);
        }
        foreach (var (table, names) in gone.Where(table => table.Value.Count > 0))
            await rows.Delete<Guid>($"select distinct trigger_id from {table} where rule in @names", new { names }, // an index begins with rule
                keys => $"delete from {table} where trigger_id in ({keys.Literals()}) and rule in @names", ct);
        return true;
    }

    static IEnumerable<Rule> Applicable(RuleSet rules) => rules.All.Concat(rules.BuiltIn.All.Where(rule => rule.Options.Mode != RuleMode.Off));

    async Task Store(DbSession session, RuleSet rules, IEnumerable<Rule> changed, CancellationToken ct)
    {
        // The time stays where it is: each start within a window would prolong it.
        foreach (var rule in changed.OrderBy(rule => rule.Name, StringComparer.Ordinal))
            await session.Execute("update evaluator_rules set applied_at = @now where name = @Name and definition = @definition and applied_at = 0",
                new { rule.Name, definition = rules.DefinitionOf(rule), now = time.Milliseconds() }, ct);
        var applicable = Applicable(rules).Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
        if ((await All(session, ct)).Keys.Where(name => !applicable.Contains(name) && !rules.IsUnreadable(name)).ToList() is { Count: > 0 } gone)
            await session.Execute("delete from evaluator_rules where name in @gone", new { gone }, ct); // primary key
    }

    /// <summary>The time after which events count for a rule; 0 when all do.</summary>
    public static Task<long> CountsFrom(DbSession session, Rule rule, CancellationToken ct) =>
        session.First<long>("select counts_from from evaluator_rules where name = @Name", new { rule.Name }, ct); // primary key

    static async Task<Dictionary<string, AppliedRule>> All(DbSession session, CancellationToken ct) => // as many rows as there are rules
        (await session.Query<AppliedRule>("select name Name, definition Definition, applied_at At, counts_from CountsFrom from evaluator_rules",
            null, ct))
            .ToDictionary(row => row.Name, StringComparer.Ordinal);

    sealed class AppliedRule
    {
        public string Name { get; init; } = "";
        public string Definition { get; init; } = "";
        public long At { get; init; }
        public long CountsFrom { get; init; }
    }
}
