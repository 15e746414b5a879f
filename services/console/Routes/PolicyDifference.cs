using System.Text.Json.Nodes;

namespace Sigma.OperatorConsole.Routes;

/// <summary>One place in which two revisions of the policy differ.</summary>
/// <param name="Field">Its name: the list, the entry by its own name, and the field, with dots between.</param>
/// <param name="Before">What it said; null when it said nothing.</param>
/// <param name="After">What it says; null when it says nothing.</param>
public sealed record PolicyDifference(string Field, string? Before, string? After)
{
    const string Name = "Name", Order = "#";

    /// <summary>All of them, by their places. That entries stand in another order is a difference too, since the first that fits is taken.</summary>
    public static IReadOnlyList<PolicyDifference> Between(JsonObject? before, JsonObject? after)
    {
        Dictionary<string, string> one = [], other = [];
        List<string> order = [];
        Flatten("", before, one, order);
        Flatten("", after, other, order);
        return [.. order.Distinct().Select(field => new PolicyDifference(field, one.GetValueOrDefault(field), other.GetValueOrDefault(field)))
            .Where(difference => difference.Before != difference.After)];
    }

    // The settings' names are read in any case.
    static string? NameOf(JsonNode? entry) => entry is JsonObject each
        ? each.FirstOrDefault(one => string.Equals(one.Key, Name, StringComparison.OrdinalIgnoreCase)).Value?.ToString() : null;

    static void Flatten(string path, JsonNode? node, Dictionary<string, string> values, List<string> order)
    {
        switch (node)
        {
            case JsonObject entry:
                foreach (var (key, value) in entry)
                    Flatten(path.Length == 0 ? key : $"{path}.{key}", value, values, order);
                break;
            case JsonArray list when list.Count > 0 && list.All(item => NameOf(item) is not null):
                foreach (var item in list)
                    Flatten($"{path}.{NameOf(item)}", item, values, order);
                Set($"{path}.{Order}", string.Join(", ", list.Select(NameOf)));
                break;
            case JsonArray list:
                Set(path, string.Join("; ", list.Select(item => item is JsonValue ? item.ToString() : item?.ToJsonString())));
                break;
            case not null:
                Set(path, node.ToString());
                break;
        }

        void Set(string field, string value)
        {
            if (value.Length == 0)
                return;
            values[field] = value;
            order.Add(field);
        }
    }
}
