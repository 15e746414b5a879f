using System.Text.Json.Nodes;

namespace Sigma.Evaluator.Rules;

/// <summary>One field in which two revisions of a rule differ.</summary>
/// <param name="Field">Its name, with a dot for each step down.</param>
/// <param name="Before">What it said; null when it was as it is by default.</param>
/// <param name="After">What it says; null when it is as it is by default.</param>
public sealed record RuleDifference(string Field, string? Before, string? After)
{
    /// <summary>All fields in which two rules differ, by name.</summary>
    public static IReadOnlyList<RuleDifference> Between(RuleOptions? before, RuleOptions? after)
    {
        var (then, now) = (Fields(before), Fields(after));
        return [.. then.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(field => new RuleDifference(field, then.GetValueOrDefault(field), now.GetValueOrDefault(field)))
            .Where(field => field.Before != field.After)];
    }

    static Dictionary<string, string> Fields(RuleOptions? rule)
    {
        Dictionary<string, string> fields = [];
        if (rule is not null)
            Add(RuleText.Differing(rule), "", fields);
        return fields;
    }

    static void Add(JsonNode? node, string path, Dictionary<string, string> fields)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                    Add(member, path.Length == 0 ? name : $"{path}.{name}", fields);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    Add(items[i], $"{path}.{i}", fields);
                break;
            case { } value:
                fields[path] = value.ToString();
                break;
        }
    }
}
