using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator.Triggers;

/// <summary>What an alert says of itself: the rule's own words where it has any, else what was found.</summary>
internal static class Words
{
    const int Longest = 500;

    const string Label = "label.", Annotation = "annotation.";

    /// <summary>
    /// The sentence. A label's name in braces stands for its value, {value} and {limit} for what was found; {label.value} for a label of that name,
    /// and {annotation.team} for an annotation.
    /// </summary>
    public static string? Summary(Rule rule, IReadOnlyDictionary<string, string> labels, Finding finding)
    {
        var text = rule.Options.Summary is { } template ? Fill(template, rule, labels, finding) : finding.Summary;
        return text is { Length: > Longest } ? text[..(Longest - 1)] + "…" : text;
    }

    /// <summary>The rule's and what was found; the rule's where both have one.</summary>
    public static IReadOnlyDictionary<string, string> Annotations(Rule rule, Finding finding)
    {
        if (rule.Options.Annotations.Count == 0)
            return finding.Annotations;
        Dictionary<string, string> both = new(finding.Annotations);
        foreach (var (name, text) in rule.Options.Annotations)
            both[name] = text;
        return both;
    }

    // Values are put in once: what looks like a placeholder in one of them is text.
    static string Fill(string template, Rule rule, IReadOnlyDictionary<string, string> labels, Finding finding) =>
        Placeholder.Regex().Replace(template, match => match.Groups[1].Value.ToLowerInvariant() switch
        {
            "value" => $"{finding.Value}",
            "limit" => $"{finding.Limit}",
            var name when name.StartsWith(Label, StringComparison.Ordinal) => labels.GetValueOrDefault(name[Label.Length..]),
            var name when name.StartsWith(Annotation, StringComparison.Ordinal) => Annotations(rule, finding)
                .FirstOrDefault(text => text.Key.Equals(name[Annotation.Length..], StringComparison.OrdinalIgnoreCase)).Value,
            var name => labels.GetValueOrDefault(name),
        } ?? match.Value);
}
