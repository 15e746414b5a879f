using System.Text.Json;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Prefect;

/// <summary>The part of JSON Schema that the parameters of flows use; references and formats are taken as they come.</summary>
internal static class ParameterSchema
{
    /// <returns>What is wrong, in Prefect's words, or null.</returns>
    public static string? Complaint(JsonElement parameters, JsonElement schema) => Check(parameters, schema, "").FirstOrDefault() is { } found
        ? found.Path.Length == 0
            ? $"Validation failed. Failure reason: {found.Reason}"
            : $"Validation failed for field '{found.Path}'. Failure reason: {found.Reason}"
        : null;

    private static IEnumerable<Finding> Check(JsonElement value, JsonElement schema, string path)
    {
        if (schema.Text("type") is { } type && !Is(value, type))
        {
            return [new(path, $"{Shown(value)} is not of type '{type}'")];
        }

        if (schema.Items("anyOf") is { } any && !Array.Exists(any, one => !Check(value, one, path).Any()))
        {
            return [new(path, $"{Shown(value)} is not valid under any of the given schemas")];
        }

        if (schema.Items("enum") is { } allowed && !Array.Exists(allowed, one => JsonElement.DeepEquals(one, value)))
        {
            return [new(path, $"{Shown(value)} is not one of [{string.Join(", ", allowed.Select(Shown))}]")];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => Members(value, schema, path),
            JsonValueKind.Array when schema.Field("items") is { } items =>
                value.EnumerateArray().SelectMany((one, at) => Check(one, items, Join(path, $"{at}"))),
            JsonValueKind.Number => Bounds(value, schema, path),
            JsonValueKind.String => Lengths(value, schema, path),
            _ => [],
        };
    }

    private static IEnumerable<Finding> Members(JsonElement value, JsonElement schema, string path)
    {
        foreach (var required in (schema.Items("required") ?? []).Where(name => !value.TryGetProperty(name.GetString()!, out _)))
        {
            yield return new(path, $"{Shown(required)} is a required property");
        }

        foreach (var member in value.EnumerateObject())
        {
            if (schema.Field("properties")?.Field(member.Name) is { } own)
            {
                foreach (var finding in Check(member.Value, own, Join(path, member.Name)))
                {
                    yield return finding;
                }
            }
            else if (schema.Field("additionalProperties") is { ValueKind: JsonValueKind.False })
            {
                yield return new(path, $"Additional properties are not allowed ('{member.Name}' was unexpected)");
            }
        }
    }

    private static IEnumerable<Finding> Bounds(JsonElement value, JsonElement schema, string path)
    {
        if (schema.Field("minimum") is { } least && value.GetDouble() < least.GetDouble())
        {
            yield return new(path, $"{Shown(value)} is less than the minimum of {least}");
        }

        if (schema.Field("maximum") is { } most && value.GetDouble() > most.GetDouble())
        {
            yield return new(path, $"{Shown(value)} is greater than the maximum of {most}");
        }
    }

    private static IEnumerable<Finding> Lengths(JsonElement value, JsonElement schema, string path)
    {
        if (schema.Field("minLength") is { } least && value.GetString()!.Length < least.GetInt32())
        {
            yield return new(path, $"{Shown(value)} is too short");
        }

        if (schema.Field("maxLength") is { } most && value.GetString()!.Length > most.GetInt32())
        {
            yield return new(path, $"{Shown(value)} is too long");
        }
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "string" => value.IsText(),
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0,
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.IsObject(),
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"'{value.GetString()}'",
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.Null => "None",
        _ => value.GetRawText(),
    };

    private sealed record Finding(string Path, string Reason);
}
