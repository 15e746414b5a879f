using System.Collections.Concurrent;
using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator.Changes;

/// <summary>Rules by which what is stored has been counted. Before that no alert of theirs is cleared: the count would be too low.</summary>
internal sealed class RulesInForce
{
    readonly ConcurrentDictionary<Rule, bool> _rules = new();

    public void Add(Rule rule) => _rules[rule] = true;

    /// <summary>Forgets the others: they are as they were before a change.</summary>
    public void KeepOnly(IEnumerable<Rule> rules)
    {
        foreach (var other in _rules.Keys.Except(rules))
            _rules.TryRemove(other, out _);
    }

    public bool Includes(Rule rule) => rule.IsOfDrills || rule.IsBuiltIn || _rules.ContainsKey(rule);
}
