using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator.Conditions;

/// <summary>The kinds of rule there are.</summary>
internal sealed class ConditionSet(IEnumerable<ICondition> conditions)
{
    readonly Dictionary<string, ICondition> _conditions = conditions.ToDictionary(condition => condition.Kind);

    /// <summary>The tables of what they keep of their keys.</summary>
    public IEnumerable<string> Tables => _conditions.Values.Select(condition => condition.Keeps).OfType<string>();

    public ICondition Of(Rule rule) => _conditions[rule.Kind];
}
