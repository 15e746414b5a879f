using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Evaluator.Drills;

namespace Sigma.Evaluator.Rules;

public sealed class RuleSet
{
    readonly HashSet<string> _ownCodes;

    /// <summary>Those that are configured; without any the one that watches Segware.</summary>
    public RuleSet(IOptions<EvaluatorOptions> options)
    {
        var rules = options.Value.Rules.Count > 0 ? options.Value.Rules : [new RuleOptions { Name = "excess-of-events" }];
        All = [.. rules.Select(rule => new Rule(rule))];
        _ownCodes = Rule.Split(options.Value.OwnCodes).ToHashSet(StringComparer.OrdinalIgnoreCase);
        LongestWindow = TimeSpan.FromMilliseconds(Counting.Select(rule => rule.Window).DefaultIfEmpty().Max());
    }

    /// <summary>Those that are configured.</summary>
    public IReadOnlyList<Rule> All { get; }

    /// <summary>Those that count events.</summary>
    public IEnumerable<Rule> Counting => Of(RuleKind.Count);

    /// <summary>The longest window of any rule that counts.</summary>
    public TimeSpan LongestWindow { get; }

    /// <summary>The longest time for which any rule that counts wants the count to be normal.</summary>
    internal TimeSpan LongestKeepFor => Counting.Select(rule => rule.Options.KeepFor).DefaultIfEmpty().Max();

    /// <summary>By its name.</summary>
    public Rule? Find(string name) => Drill.Is(name) ? DrillRule.Rule : All.FirstOrDefault(rule => rule.Name == name);

    /// <summary>Those of a kind.</summary>
    public IEnumerable<Rule> Of(string kind) => All.Where(rule => rule.Kind == kind);

    /// <summary>Those that count a source's events.</summary>
    public IEnumerable<Rule> Watching(string source) => Drill.Is(source) ? [DrillRule.Rule] : Counting.Where(rule => rule.Source == source);

    /// <summary>Whether a trigger is one that this rule, as it is now, has for these labels.</summary>
    public bool IsTriggerOf(Rule rule, Guid trigger, IReadOnlyDictionary<string, string> labels) =>
        HasKey(rule, labels) && rule.TriggerId(labels) == trigger;

    /// <summary>Whether these are the labels of one of a rule's keys.</summary>
    public bool HasKey(Rule rule, IReadOnlyDictionary<string, string> labels) => rule.HasKey(labels) && !IsOwn(labels);

    /// <summary>The rule that has had a name.</summary>
    public Rule? FindFormer(string name) => All.FirstOrDefault(rule => rule.FormerNames.Contains(name, StringComparer.Ordinal));

    /// <summary>The triggers a rule's key had under names the rule had before.</summary>
    public IReadOnlyList<Guid> FormerTriggers(Rule rule, IReadOnlyDictionary<string, string> key) =>
        [.. rule.FormerNames.Where(name => Find(name) is null).Select(name => rule.TriggerId(name, key))];

    /// <summary>All that decides what a rule counts, as text.</summary>
    internal string DefinitionOf(Rule rule) =>
        $"{rule.Definition} own: {string.Join(',', _ownCodes.Select(code => code.ToUpperInvariant()).Order(StringComparer.Ordinal))}";

    /// <summary>Events we put into Segware ourselves.</summary>
    public bool IsOwn(IReadOnlyDictionary<string, string> labels) => labels.TryGetValue("code", out var code) && _ownCodes.Contains(code);
}
