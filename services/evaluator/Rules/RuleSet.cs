using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Evaluator.Drills;
using Sigma.Evaluator.Triggers;

namespace Sigma.Evaluator.Rules;

/// <summary>The rules as they are at one moment: those of the settings, and those that people made.</summary>
public sealed class RuleSet
{
    readonly HashSet<string> _ownCodes;
    readonly HashSet<string> _unreadable;

    /// <summary>Those of the settings alone; without any the one that watches Segware.</summary>
    public RuleSet(IOptions<EvaluatorOptions> options) : this(options.Value, [], 0, null) { }

    /// <summary>Those of the settings, and those of the book.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="made">What people made.</param>
    /// <param name="revision">The last change of the book.</param>
    /// <param name="before">The same settings' rules at an earlier moment; null when there was none.</param>
    internal RuleSet(EvaluatorOptions options, IReadOnlyCollection<MadeRule> made, long revision, RuleSet? before)
    {
        Revision = revision;
        Provisioned = before?.Provisioned
            ?? [.. (options.Rules.Count > 0 ? options.Rules : [new RuleOptions { Name = "excess-of-events" }]).Select(rule => new Rule(rule))];
        BuiltIn = before?.BuiltIn ?? new BuiltInRules(options);
        // A name the settings have now is theirs. They have been started with; what people made is not lost, and can be renamed.
        Made = [.. made.Where(rule => !IsProvisioned(rule.Name))];
        All = [.. Known.Where(rule => rule.Options.Mode != RuleMode.Off)];
        _unreadable = [.. Made.Where(rule => rule.Rule is null).Select(rule => rule.Name)];
        _ownCodes = Rule.Split(options.OwnCodes).ToHashSet(StringComparer.OrdinalIgnoreCase);
        LongestWindow = TimeSpan.FromMilliseconds(Counting.Select(rule => rule.Window).DefaultIfEmpty().Max());
    }

    /// <summary>The last change of the rule book that is in it; 0 before the first.</summary>
    public long Revision { get; }

    /// <summary>Those of the settings, which people cannot change.</summary>
    public IReadOnlyList<Rule> Provisioned { get; }

    /// <summary>Whether the settings have a rule of this name.</summary>
    internal bool IsProvisioned(string name) => Provisioned.Any(rule => rule.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Those that people made.</summary>
    internal IReadOnlyList<MadeRule> Made { get; }

    /// <summary>All that this version can read.</summary>
    public IEnumerable<Rule> Known => Provisioned.Concat(Made.Select(made => made.Rule).OfType<Rule>());

    /// <summary>Those that are judged: live or in the shadow.</summary>
    public IReadOnlyList<Rule> All { get; }

    /// <summary>Those that nobody has written.</summary>
    internal BuiltInRules BuiltIn { get; }

    /// <summary>Whether a rule of this name is there that a newer version made and this one cannot read: its alerts are left to the others.</summary>
    internal bool IsUnreadable(string name) => _unreadable.Contains(name);

    /// <summary>Whether the keys of a rule of this name are kept: it is judged, here or by a newer version.</summary>
    internal bool Keeps(string name) => IsUnreadable(name) || Find(name) is not null;

    /// <summary>Those that count events.</summary>
    public IEnumerable<Rule> Counting => Of(RuleKind.Count);

    /// <summary>The longest window of any rule that counts.</summary>
    public TimeSpan LongestWindow { get; }

    /// <summary>The longest time for which any rule that counts wants the count to be normal.</summary>
    internal TimeSpan LongestKeepFor => Counting.Select(rule => rule.Options.KeepFor).DefaultIfEmpty().Max();

    /// <summary>The longest time for which any rule that counts wants the count to be too much.</summary>
    internal TimeSpan LongestFor => Counting.Select(rule => rule.Options.For).DefaultIfEmpty().Max();

    /// <summary>By its name.</summary>
    public Rule? Find(string name) => Drill.Is(name) ? DrillRule.Rule : All.FirstOrDefault(rule => rule.Name == name)
        ?? (BuiltIn.Find(name) is { } rule && !IsWritten(rule.Kind, rule.Source) ? rule : null);

    /// <summary>Those of a kind.</summary>
    public IEnumerable<Rule> Of(string kind) => All.Where(rule => rule.Kind == kind);

    /// <summary>Those of a kind that are judged by a source's news: when none is written, the one that is built in.</summary>
    public IEnumerable<Rule> Of(string kind, string source) => IsWritten(kind, source) ? Of(kind).Where(rule => rule.Source == source)
        : BuiltIn.For(kind, source) is { } builtIn ? [builtIn] : [];

    bool IsWritten(string kind, string source) =>
        Provisioned.Any(rule => rule.Options.Mode != RuleMode.Off && rule.Kind == kind && rule.Source == source)
        || Made.Any(rule => rule.Watches(kind, source));

    /// <summary>Those that count a source's events.</summary>
    /// <param name="source">The name under which the events are stored.</param>
    public IEnumerable<Rule> Watching(string source) => Drill.Is(source) ? [DrillRule.Rule] : Counting.Where(rule => rule.EventSource == source);

    /// <summary>Those that count a source's log lines.</summary>
    internal IEnumerable<Rule> OfLines(string source) => Counting.Where(rule => rule.Lines is not null && rule.Source == source);

    /// <summary>Whether a trigger is one that this rule, as it is now, has for these labels.</summary>
    public bool IsTriggerOf(Rule rule, Guid trigger, IReadOnlyDictionary<string, string> labels) =>
        HasKey(rule, labels) && rule.IsTrigger(rule.Name, trigger, labels);

    /// <summary>Whether an episode that is raised is this rule's, as it is now: one that nobody was told of is not a live rule's.</summary>
    internal bool IsTriggerOf(Rule rule, Trigger trigger) =>
        IsTriggerOf(rule, trigger.CorrelationId, trigger.Labels) && rule.IsShadow == trigger.Shadow;

    /// <summary>Whether these are the labels of one of a rule's keys.</summary>
    public bool HasKey(Rule rule, IReadOnlyDictionary<string, string> labels) => rule.HasKey(labels) && !IsOwn(labels);

    /// <summary>The rule that has had a name.</summary>
    public Rule? FindFormer(string name) => All.FirstOrDefault(rule => rule.FormerNames.Contains(name, StringComparer.Ordinal));

    /// <summary>Whether there is a rule of this name, be it switched off, or left to one that somebody wrote.</summary>
    internal bool IsThere(string name) => Known.Any(rule => rule.Name == name) || BuiltIn.Find(name) is not null;

    /// <summary>The triggers a rule's key had under names the rule had before.</summary>
    public IReadOnlyList<Guid> FormerTriggers(Rule rule, IReadOnlyDictionary<string, string> key, Guid trigger = default) =>
        [.. rule.FormerNames.Where(name => Find(name) is null).Select(name => rule.TriggerId(name, key, trigger))];

    /// <summary>All that decides what a rule counts, as text.</summary>
    internal string DefinitionOf(Rule rule) => rule.Kind != RuleKind.Count ? rule.Definition :
        $"{rule.Definition} own: {string.Join(',', _ownCodes.Select(code => code.ToUpperInvariant()).Order(StringComparer.Ordinal))}";

    /// <summary>Events we put into Segware ourselves.</summary>
    public bool IsOwn(IReadOnlyDictionary<string, string> labels) => labels.TryGetValue("code", out var code) && _ownCodes.Contains(code);
}
