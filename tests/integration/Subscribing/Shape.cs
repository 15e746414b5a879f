using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sigma.IntegrationTests.Subscribing;

/// <summary>What a subscriber's parser depends on: the names there are, the kind of each value, and how a text is to be read.</summary>
internal static partial class Shape
{
    /// <summary>In what the two are unlike; both directions.</summary>
    public static IEnumerable<string> Differences(JsonElement documented, JsonElement real, string path)
    {
        var expected = Kind(documented);
        var seen = Kind(real);
        if (expected != seen)
            return [$"{path} is documented as {expected}, it is {seen}: {real}"];
        return documented.ValueKind switch
        {
            JsonValueKind.Object => InObjects(documented, real, path),
            JsonValueKind.Array when documented.GetArrayLength() != real.GetArrayLength() => [$"{path} is documented with other items than {real}"],
            JsonValueKind.Array =>
                documented.EnumerateArray().Zip(real.EnumerateArray()).SelectMany((pair, i) => Differences(pair.First, pair.Second, $"{path}[{i}]")),
            _ => [],
        };
    }

    static IEnumerable<string> InObjects(JsonElement documented, JsonElement real, string path)
    {
        var expected = Names(documented);
        var seen = Names(real);
        return Unlike(expected, seen, path)
            .Concat(expected.Intersect(seen).SelectMany(name => Differences(documented.GetProperty(name), real.GetProperty(name), $"{path}.{name}")));
    }

    /// <summary>Names that only one of the two has.</summary>
    public static IEnumerable<string> Unlike(IEnumerable<string> documented, IEnumerable<string> real, string path) =>
        documented.Except(real).Select(name => $"{path}: {name} is documented and not there")
            .Concat(real.Except(documented).Select(name => $"{path}: {name} is there and not documented"));

    public static List<string> Names(JsonElement item) => [.. item.EnumerateObject().Select(p => p.Name)];

    static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()! switch
        {
            var text when Guid.TryParseExact(text, "D", out _) => "id",
            var text when Time().Match(text) is { Success: true } time => "time ending in " + time.Groups[1].Value,
            var text when text.StartsWith("rabbitmq://", StringComparison.Ordinal) => "address",
            var text when Trace().IsMatch(text) => "trace context",
            _ => "text",
        },
        JsonValueKind.Number => value.TryGetInt64(out _) ? "whole number" : "number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        var other => other.ToString().ToLowerInvariant(),
    };

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Time();

    [GeneratedRegex("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$")]
    private static partial Regex Trace();
}
