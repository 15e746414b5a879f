using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator.Conditions;

/// <summary>The kinds of rule there are.</summary>
internal sealed class ConditionSet(IEnumerable<ICondition> conditions)
{
    readonly Dictionary<string, ICondition> _conditions = conditions.ToDictionary(condition => condition.Kind);

    public ICondition Of(Rule rule) => _conditions[rule.Kind];
}
