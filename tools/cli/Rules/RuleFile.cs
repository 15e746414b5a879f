using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.Evaluator.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sigma.Cli.Rules;

/// <summary>Rules as people write them into files: YAML or JSON, one rule, a list of them, or several documents.</summary>
internal static class RuleFile
{
    /// <summary>The rules of a text, in their order.</summary>
    /// <exception cref="RuleTextException">Something is wrong; each fault says in which rule.</exception>
    public static IReadOnlyList<RuleOptions> Read(string text)
    {
        List<RuleOptions> rules = [];
        List<string> faults = [];
        foreach (var node in Objects(text))
        {
            try
            {
                rules.Add(RuleText.Read(Convert(node)));
            }
            catch (RuleTextException e)
            {
                faults.AddRange(e.Faults.Select(fault => $"{Where(node)}: {fault}"));
            }
        }
        if (rules.Count == 0 && faults.Count == 0)
            faults.Add("there is no rule in it");
        return faults.Count == 0 ? rules : throw new RuleTextException(faults);
    }

    /// <summary>A rule as YAML; what is as it is by default is left out.</summary>
    public static string Write(RuleOptions rule)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(Convert(RuleText.Differing(rule)))).Save(text, assignAnchors: false);
        return text.ToString().Replace("...\n", "", StringComparison.Ordinal);
    }

    static List<YamlMappingNode> Objects(string text)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new RuleTextException([$"line {e.Start.Line}: {e.InnerException?.Message ?? e.Message}"]);
        }
        return [.. stream.Documents.SelectMany(document => document.RootNode is YamlSequenceNode list ? list.Children : [document.RootNode])
            .Select(node => node as YamlMappingNode ?? throw new RuleTextException([$"line {node.Start.Line}: a rule is names with values"]))];
    }

    static string Where(YamlMappingNode node) =>
        node.Children.FirstOrDefault(child => child.Key is YamlScalarNode { Value: { } key }
            && key.Equals("name", StringComparison.OrdinalIgnoreCase))
            .Value is YamlScalarNode { Value: { Length: > 0 } name } ? $"line {node.Start.Line}, rule {name}" : $"line {node.Start.Line}";

    static JsonObject Convert(YamlMappingNode node)
    {
        JsonObject members = [];
        foreach (var (key, value) in node.Children)
            members[(key as YamlScalarNode)?.Value ?? throw new RuleTextException([$"line {key.Start.Line}: a name is not a text"])] = Convert(value);
        return members;
    }

    static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => Convert(mapping),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" } => null,
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new RuleTextException([$"line {node.Start.Line}: cannot be read"]),
    };

    static YamlNode Convert(JsonNode? node, bool isMap = false) => node switch
    {
        JsonObject members => new YamlMappingNode(members.SelectMany(member =>
            (YamlNode[])[Text(isMap ? member.Key : JsonNamingPolicy.CamelCase.ConvertName(member.Key)), Convert(member.Value, IsMap(member.Key))])),
        JsonArray items => new YamlSequenceNode(items.Select(item => Convert(item))),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => new YamlScalarNode(node?.ToJsonString() ?? "null"),
    };

    // A text that YAML would read as something else is quoted.
    static YamlScalarNode Text(string text) => new(text)
    {
        Style = text.Length == 0 || text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or ' ' or '/' or '.'))
            || !char.IsAsciiLetter(text[0]) || text[^1] == ' ' || text is "true" or "false" or "null" or "yes" or "no" or "on" or "off"
            ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain,
    };

    // Its names are labels or annotations, not ours.
    static bool IsMap(string name) =>
        name is nameof(RuleOptions.Include) or nameof(RuleOptions.Exclude) or nameof(RuleOptions.Annotations) or nameof(OverrideOptions.Labels);
}
