using System.Globalization;
using System.Text.Json.Nodes;

namespace Sigma.OperatorConsole.Rules;

/// <summary>A rule as its fields, one by one, as the evaluator names them in a difference: with a dot for each step down.</summary>
internal static class RuleText
{
    /// <summary>All that it says, by field.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(JsonObject? rule)
    {
        List<KeyValuePair<string, string>> fields = [];
        if (rule is not null)
            Add(rule, "", fields);
        return fields;
    }

    /// <summary>Name of a field without the numbers in it.</summary>
    public static string Root(string field) => field.Split('.')[0];

    static void Add(JsonNode? node, string path, List<KeyValuePair<string, string>> fields)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                    Add(member, path.Length == 0 ? name : $"{path}.{name}", fields);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    Add(items[i], string.Create(CultureInfo.InvariantCulture, $"{path}.{i}"), fields);
                break;
            case { } value:
                fields.Add(new(path, value.ToString()));
                break;
        }
    }
}
