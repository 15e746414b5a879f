using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator.Triggers;

/// <summary>What an alert says of itself: the rule's own words where it has any, else what was found.</summary>
internal static class Words
{
    const int Longest = 500;

    /// <summary>The sentence. A label's name in braces stands for its value, {value} and {limit} for what was found.</summary>
    public static string? Summary(Rule rule, IReadOnlyDictionary<string, string> labels, Finding finding)
    {
        var text = rule.Options.Summary is { } template ? Fill(template, labels, finding) : finding.Summary;
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
    static string Fill(string template, IReadOnlyDictionary<string, string> labels, Finding finding) =>
        Placeholder.Regex().Replace(template, match => match.Groups[1].Value.ToLowerInvariant() switch
        {
            "value" => $"{finding.Value}",
            "limit" => $"{finding.Limit}",
            var label => labels.GetValueOrDefault(label, match.Value),
        });
}
