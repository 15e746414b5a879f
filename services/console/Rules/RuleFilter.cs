using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Rules;

/// <summary>Which rules the list shows; what is empty is not looked at.</summary>
internal sealed record RuleFilter(string? Text, string? Kind, string? Mode, string? Source)
{
    /// <summary>Whether a rule is shown.</summary>
    public bool Fits(ListedRule rule) => Is(Kind, rule.Kind) && Is(Mode, rule.Mode) && Is(Source, rule.Source)
        && (string.IsNullOrWhiteSpace(Text) || Words(rule).Any(word => word.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)));

    static IEnumerable<string> Words(ListedRule rule) =>
        [rule.Name, .. rule.Rule is { } says ? RuleText.Fields(says).Select(field => field.Value) : []];

    static bool Is(string? wanted, string? value) => string.IsNullOrEmpty(wanted) || wanted == value;
}
