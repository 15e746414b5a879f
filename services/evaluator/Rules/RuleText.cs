using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Settings;

namespace Sigma.Evaluator.Rules;

/// <summary>
/// A rule as text, with the names its settings have: what is as it is by default is left out. Read as settings are, with the same checks: a name that
/// no rule has is an error.
/// </summary>
public static class RuleText
{
    const string Section = "Rule";

    static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    static readonly JsonObject Usual = AllOf(new RuleOptions());

    /// <summary>As JSON in one line; the same rule gives the same text.</summary>
    public static string Write(RuleOptions rule) => Differing(rule).ToJsonString(Json);

    /// <summary>What differs from the defaults.</summary>
    public static JsonObject Differing(RuleOptions rule)
    {
        var all = AllOf(rule);
        foreach (var (name, _) in all.Where(property => JsonNode.DeepEquals(property.Value, Usual[property.Key])).ToList())
            all.Remove(name);
        foreach (var each in all[nameof(RuleOptions.Overrides)]?.AsArray() ?? [])
            each!.AsObject().Remove("Name"); // it is made from the labels
        return Sorted(all, isMap: false);
    }

    /// <summary>From what was written.</summary>
    /// <exception cref="RuleTextException">It is no rule; the message says what is wrong where.</exception>
    public static RuleOptions Read(string text)
    {
        try
        {
            return Read(JsonNode.Parse(text) as JsonObject ?? throw new RuleTextException(["is not an object"]));
        }
        catch (JsonException e)
        {
            throw new RuleTextException([$"is not JSON: {e.Message}"]);
        }
    }

    /// <summary>From an object, whose names may be in any case.</summary>
    /// <exception cref="RuleTextException">It is no rule; the message says what is wrong where.</exception>
    public static RuleOptions Read(JsonObject rule)
    {
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase);
        List<string> faults = [];
        Flatten(rule, Section, settings, faults);
        if (faults.Count > 0)
            throw new RuleTextException(faults);
        try
        {
            return SettingsReader.Read<RuleOptions>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), Section);
        }
        catch (OptionsValidationException e)
        {
            throw new RuleTextException([.. e.Failures.Select(Plain)]);
        }
        catch (InvalidOperationException e) when (SettingsError.From(e) is { } line)
        {
            throw new RuleTextException([Plain(line)]);
        }
    }

    // Labels and annotations have no order of their own.
    static JsonObject Sorted(JsonObject members, bool isMap) =>
        new((isMap ? members.OrderBy(m => m.Key, StringComparer.Ordinal) : members.AsEnumerable())
        .Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value))));

    static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => Sorted(map, isMap: true),
        JsonArray items => new JsonArray([.. items.Select(item => item is JsonObject each ? Sorted(each, isMap: false) : item?.DeepClone())]),
        _ => node?.DeepClone(),
    };

    static JsonObject AllOf(RuleOptions rule) => JsonSerializer.SerializeToNode(rule, Json)!.AsObject();

    // As the configuration has it: a value by its path. A path cannot say everything that JSON can.
    static void Flatten(JsonNode? node, string path, Dictionary<string, string?> settings, List<string> faults)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                    if (name.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal))
                        faults.Add($"{Plain(path)} has the name '{name}': a name has no colon");
                    else if (!settings.TryAdd($"{path}:{name}", null))
                        faults.Add($"{Plain(path)} has the name '{name}' twice");
                    else
                        Flatten(member, $"{path}:{name}", settings, faults);
                settings.Remove(path);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    Flatten(items[i], $"{path}:{i}", settings, faults);
                settings.Remove(path);
                break;
            case JsonValue value:
                settings[path] = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
                break;
            default:
                settings.Remove(path);
                break;
        }
    }

    static string Plain(string failure) => failure.Replace($"{Section}__", "").Replace($"{Section}:", "").Replace("__", ".")
        .Replace($"{nameof(RuleOptions)} has", "a rule has").Replace($"{nameof(OverrideOptions)} has", "an override has");
}

/// <summary>A text is no rule, or a rule is refused.</summary>
/// <param name="faults">Each names the field and says what is wrong with it.</param>
/// <param name="refusal">What kind of fault it is.</param>
public sealed class RuleTextException(IReadOnlyList<string> faults, RuleRefusal refusal = RuleRefusal.Invalid)
    : Exception(string.Join("; ", faults))
{
    /// <summary>Each names the field and says what is wrong with it.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>What kind of fault it is.</summary>
    public RuleRefusal Refusal => refusal;
}

/// <summary>Why a rule is refused.</summary>
public enum RuleRefusal
{
    /// <summary>Something is wrong with it.</summary>
    Invalid,

    /// <summary>There is none of that name, or none by that revision.</summary>
    Unknown,

    /// <summary>Another one has its name already.</summary>
    Taken,

    /// <summary>Somebody else has changed it meanwhile.</summary>
    Outdated,
}
