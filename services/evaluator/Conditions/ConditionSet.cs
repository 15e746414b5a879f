using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions;

/// <summary>The kinds of rule there are.</summary>
internal sealed class ConditionSet(IEnumerable<ICondition> conditions)
{
    readonly Dictionary<string, ICondition> _conditions = conditions.ToDictionary(condition => condition.Kind);

    /// <summary>The tables of what they keep of their keys.</summary>
    public IEnumerable<string> Tables => _conditions.Values.Select(condition => condition.Keeps).OfType<string>();

    public ICondition Of(Rule rule) => _conditions[rule.Kind];

    /// <summary>Names of the rules whose keys time alone can change: those that are written, and the built-in ones that have keys.</summary>
    public async Task<List<string>> Sweepable(DbSession session, RuleSet rules, CancellationToken ct)
    {
        List<string> names = [.. rules.All.Where(rule => rule.Kind != RuleKind.Count).Select(rule => rule.Name)];
        foreach (var builtIn in rules.BuiltIn.All)
            names.AddRange((await KeptRules.In(session, Of(builtIn).Keeps!, builtIn, ct)).Where(rules.Keeps));
        return names;
    }
}
