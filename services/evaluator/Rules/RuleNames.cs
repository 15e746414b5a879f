using System.ComponentModel.DataAnnotations;
using Sigma.Contracts;

namespace Sigma.Evaluator.Rules;

/// <summary>What rules must have apart, all together.</summary>
internal static class RuleNames
{
    /// <summary>What is wrong with their names, a sentence each that begins with what is wrong.</summary>
    public static IEnumerable<ValidationResult> Faults(IReadOnlyCollection<RuleOptions> rules, string member)
    {
        foreach (var twin in rules.GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            yield return new ValidationResult($"names two rules '{twin.Key}': each needs a name of its own", [member]);
        foreach (var name in rules.Select(r => r.Name).Where(BuiltInRules.IsReserved))
            yield return new ValidationResult($"names a rule '{name}', as a built-in one is called", [member]);
        foreach (var rule in rules.Where(r => r.Source == RuleOptions.Every))
            yield return new ValidationResult($"has the rule '{rule.Name}' with the source '*': one that is written watches one source", [member]);
        // As the services compare names: a rule that is renamed by case alone has had another name.
        foreach (var former in rules.SelectMany(r => r.FormerNames)
            .Where(name => string.IsNullOrWhiteSpace(name) || Drill.Is(name) || rules.Any(r => r.Name == name)))
            yield return new ValidationResult(
                $"has the former name '{former}', which {(string.IsNullOrWhiteSpace(former) ? "is empty" : "a rule has now")}", [member]);
        foreach (var twice in rules.SelectMany(r => r.FormerNames).GroupBy(name => name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return new ValidationResult($"names the former name '{twice.Key}' twice: its alerts can be carried on by one rule", [member]);
    }
}
