using System.Collections.Concurrent;
using Sigma.Contracts;

namespace Sigma.Evaluator.Rules;

/// <summary>
/// Rules that nobody has written. Each stands for one rule a source, made when its news comes, for sources for which no rule of its kind is written:
/// its name and the source's, with a colon between.
/// </summary>
/// <param name="options">The settings; they are checked.</param>
internal sealed class BuiltInRules(EvaluatorOptions options)
{
    /// <summary>Their names, without the source's.</summary>
    public const string Reported = "reported", Silent = "silent";

    const char Separator = ':', AfterSeparator = ';';

    readonly ConcurrentDictionary<(string Kind, string Source), Rule> _rules = new();
    readonly IReadOnlyList<BuiltInRule> _builtIn = [new BuiltInReports(options.Reported), new BuiltInSilence(options.SilentAgents)];

    /// <summary>Each as it is for every source; those that are switched off too.</summary>
    public IReadOnlyList<Rule> All => [.. _builtIn.Select(rule => rule.Of(RuleOptions.Every))];

    /// <summary>Whether a name is kept for them.</summary>
    public static bool IsReserved(string name) => SourceOf(Reported, name) is not null || SourceOf(Silent, name) is not null;

    /// <summary>The one that watches a source's news of a kind, when nobody has written any; null when none does.</summary>
    public Rule? For(string kind, string source) =>
        _builtIn.FirstOrDefault(rule => rule.Kind == kind) is { } builtIn && builtIn.Watches(source)
            ? _rules.GetOrAdd((kind, source), key => builtIn.Of(key.Source)) : null;

    /// <summary>By its whole name; null when there is none, or it is switched off.</summary>
    public Rule? Find(string name)
    {
        foreach (var rule in _builtIn)
            if (SourceOf(rule.Name, name) is { Length: > 0 } source and not RuleOptions.Every)
                return For(rule.Kind, source);
        return null;
    }

    /// <summary>The whole name of the one of a source; of all, with a star for the source.</summary>
    public static string NameOf(string name, string source) => $"{name}{Separator}{source}";

    /// <summary>Between which names, without them, those of all sources are, by their bytes.</summary>
    public static (string After, string Before) NamesOf(Rule builtIn)
    {
        var name = builtIn.Name[..builtIn.Name.IndexOf(Separator, StringComparison.Ordinal)];
        return ($"{name}{Separator}", $"{name}{AfterSeparator}");
    }

    static string? SourceOf(string builtIn, string name) =>
        name.Length > builtIn.Length && name[builtIn.Length] == Separator && name.StartsWith(builtIn, StringComparison.OrdinalIgnoreCase)
            ? name[(builtIn.Length + 1)..] : null;
}

/// <summary>A rule that nobody has written.</summary>
internal abstract class BuiltInRule(string name, string kind, RuleMode mode, string except)
{
    readonly HashSet<string> _except = [.. Rule.Split(except)];

    public string Name => name;
    public string Kind => kind;

    /// <summary>Whether it is there for a source.</summary>
    public bool Watches(string source) => mode != RuleMode.Off && !_except.Contains(source) && !Drill.Is(source);

    /// <summary>As it is for a source.</summary>
    public Rule Of(string source) => Rule.BuiltIn(With(new RuleOptions
    {
        Name = BuiltInRules.NameOf(name, source), Kind = kind, Source = source, Mode = mode,
    }), RequiredLabel);

    /// <summary>News without this label is not its; null when there is none.</summary>
    protected virtual string? RequiredLabel => null;

    protected abstract RuleOptions With(RuleOptions rule);
}

/// <summary>Whatever somebody else's monitoring reports is an alert, one a condition.</summary>
internal sealed class BuiltInReports(ReportedOptions options)
    : BuiltInRule(BuiltInRules.Reported, RuleKind.External, options.Mode, options.Except)
{
    protected override RuleOptions With(RuleOptions rule)
    {
        (rule.GroupBy, rule.Severity, rule.CloseAfter) = (RuleOptions.Every, RuleOptions.Reported, options.CloseAfter);
        return rule;
    }
}

/// <summary>An agent that has sent and does not any more.</summary>
internal sealed class BuiltInSilence(SilentAgentsOptions options)
    : BuiltInRule(BuiltInRules.Silent, RuleKind.Absence, options.Mode, options.Except)
{
    const string Agent = "agent";

    protected override string RequiredLabel => Agent;

    protected override RuleOptions With(RuleOptions rule)
    {
        (rule.GroupBy, rule.Severity, rule.After, rule.ForgetAfter) = (Agent, options.Severity, options.After, options.ForgetAfter);
        return rule;
    }
}
