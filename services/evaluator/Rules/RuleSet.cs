using Microsoft.Extensions.Options;

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

    public IReadOnlyList<Rule> All { get; }

    public TimeSpan LongestWindow { get; }

    public Rule? Find(string name) => All.FirstOrDefault(rule => rule.Name == name);

    public IEnumerable<Rule> Watching(string source) => All.Where(rule => rule.Source == source);

    /// <summary>Events we put into Segware ourselves.</summary>
    public bool IsOwn(IReadOnlyDictionary<string, string> labels) => labels.TryGetValue("code", out var code) && _ownCodes.Contains(code);
}
