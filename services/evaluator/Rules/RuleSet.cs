using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Evaluator.Drills;

namespace Sigma.Evaluator.Rules;

/// <summary>The rules in force.</summary>
internal sealed class RuleSet
{
    readonly HashSet<string> _ownCodes;

    public RuleSet(IOptions<EvaluatorOptions> options)
    {
        var rules = options.Value.Rules.Count > 0 ? options.Value.Rules : [new RuleOptions { Name = "excess-of-events" }];
        All = [.. rules.Select(rule => new Rule(rule))];
        _ownCodes = Rule.Split(options.Value.OwnCodes).ToHashSet(StringComparer.OrdinalIgnoreCase);
        LongestWindow = TimeSpan.FromMilliseconds(All.Max(rule => rule.Window));
    }

    /// <summary>Those that are configured.</summary>
    public IReadOnlyList<Rule> All { get; }

    /// <summary>Of every rule there is, that of drills included.</summary>
    public IEnumerable<string> Names => All.Append(DrillRule.Rule).Select(rule => rule.Name);

    public TimeSpan LongestWindow { get; }

    public Rule? Find(string name) => name == DrillRule.Rule.Name ? DrillRule.Rule : All.FirstOrDefault(rule => rule.Name == name);

    public IEnumerable<Rule> Watching(string source) => source == Drill.Source ? [DrillRule.Rule] : All.Where(rule => rule.Source == source);

    /// <summary>Events we put into Segware ourselves.</summary>
    public bool IsOwn(IReadOnlyDictionary<string, string> labels) => labels.TryGetValue("code", out var code) && _ownCodes.Contains(code);
}
