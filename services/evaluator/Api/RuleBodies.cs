using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator.Api;

/// <summary>All rules.</summary>
/// <param name="Revision">The last change of the book; 0 before the first.</param>
internal sealed record RuleList(long Revision, IReadOnlyList<RuleAnswer> Rules);

/// <summary>A rule, with who made it so.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsProvisioned">Whether the settings have it, which nobody changes here.</param>
/// <param name="Revision">Its last change; 0 when the settings have it.</param>
/// <param name="Rule">What it says, without what is as it is by default; null when this version cannot read it.</param>
/// <param name="Fault">Why it is not judged by this version; null when it is.</param>
internal sealed record RuleAnswer(string Name, bool IsProvisioned, long Revision, JsonObject? Rule, string? Fault)
{
    /// <summary>Whether nobody has written it; then the settings say what can be set of it.</summary>
    public bool IsBuiltIn { get; init; }

    public string? Kind { get; init; }
    public string? Source { get; init; }
    public string? Mode { get; init; }
    public string? Change { get; init; }
    public string? By { get; init; }
    public string? Why { get; init; }
    public DateTimeOffset? At { get; init; }
}

/// <summary>A change of the book.</summary>
internal sealed record RuleRevision(long Revision, string Rule, string Change, bool IsRemoved, string By, string? Why, DateTimeOffset At);

/// <summary>In which fields two revisions of a rule differ.</summary>
internal sealed record RuleDifferences(IReadOnlyList<RuleDifference> Fields);

/// <summary>What became of a change, rule by rule.</summary>
internal sealed record RulesChanged(IReadOnlyList<RuleEdit> Changes);

/// <summary>What is wrong with rules; empty when nothing is.</summary>
internal sealed record RuleFaults(IReadOnlyList<string> Faults);

/// <summary>Rules to be made or changed, all or none.</summary>
internal sealed record RulesToPut(IReadOnlyList<JsonObject> Rules, string By, string? Why = null);

/// <summary>Rules to be looked at.</summary>
internal sealed record RulesToCheck(IReadOnlyList<JsonObject> Rules);

/// <summary>A rule to be made or changed.</summary>
internal sealed record RuleToPut(JsonObject Rule, string By, string? Why = null);

/// <summary>How a rule is to be judged.</summary>
internal sealed record ModeChange([property: JsonConverter(typeof(JsonStringEnumConverter<RuleMode>))] RuleMode Mode, string By, string? Why = null);

/// <summary>The revision by which a rule said what it is to say again.</summary>
internal sealed record RollBack(long Revision, string By, string? Why = null);

/// <summary>What another rule that says the same is to be called.</summary>
internal sealed record CloneOfRule(string Name, string By, string? Why = null);

/// <summary>Who takes a rule away.</summary>
internal sealed record Removal(string By, string? Why = null);
