using Sigma.Evaluator.Rules;

namespace Sigma.Cli.Explain;

/// <summary>What is asked about.</summary>
/// <param name="Account">The account, as its label has it.</param>
/// <param name="Cuc">Only this one, or any.</param>
/// <param name="Code">Only this one, or any.</param>
/// <param name="Source">Source of the events.</param>
/// <param name="At">The moment, as stored.</param>
/// <param name="Now">The present one, as stored.</param>
internal sealed record ExplainQuery(string Account, string? Cuc, string? Code, string Source, long At, long Now)
{
    public bool IsNow => At == Now;

    /// <summary>The labels that are certain.</summary>
    public Dictionary<string, string> Labels
    {
        get
        {
            Dictionary<string, string> labels = new() { ["account"] = Account };
            if (Cuc is not null)
                labels["cuc"] = Cuc;
            if (Code is not null)
                labels["code"] = Code;
            return labels;
        }
    }

    /// <summary>Whether labels are among those asked about; a label that is not there may have any value.</summary>
    public bool Includes(IReadOnlyDictionary<string, string> labels) =>
        Labels.All(asked => !labels.TryGetValue(asked.Key, out var value)
            || string.Equals(value, asked.Value, asked.Key == "account" ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase));

    /// <summary>The key, when what is asked about says enough.</summary>
    public Dictionary<string, string>? KeyOf(Rule rule) => rule.GroupBy.All(Labels.ContainsKey) ? rule.KeyOf(Labels) : null;
}
