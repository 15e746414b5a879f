using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sigma.OperatorConsole.Rules;

/// <summary>
/// A rule while it is typed: every field as text, so that nothing that is half typed is lost. What this console does not know of a rule stays in it.
/// </summary>
public sealed class RuleDraft
{
    const string OfKind = "Kind", OfMode = "Mode", OfName = "Name", IncludeField = "Include", ExcludeField = "Exclude",
        AnnotationsField = "Annotations", OverridesField = "Overrides";

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    static readonly IReadOnlyList<RuleField> Fields =
    [
        new(OfName, RuleFieldType.Text, RuleSection.What),
        new(OfKind, RuleFieldType.Choice, RuleSection.What) { Default = "count", Choices = RuleField.KindsOfRules },
        new(OfMode, RuleFieldType.Choice, RuleSection.What) { Default = "live", Choices = RuleField.Modes },
        .. RuleField.All,
    ];

    readonly Dictionary<string, string> _texts = [];
    readonly JsonObject _others = [];

    /// <summary>Its name.</summary>
    public string Name { get => this[OfName]; set => this[OfName] = value; }

    /// <summary>Its kind.</summary>
    public string Kind { get => this[OfKind]; set => this[OfKind] = value; }

    /// <summary><c>live</c>, <c>shadow</c> or <c>off</c>.</summary>
    public string Mode { get => this[OfMode]; set => this[OfMode] = value; }

    /// <summary>Values that are watched, by label.</summary>
    public List<NamedText> Include { get; } = [];

    /// <summary>Values that are not watched, by label.</summary>
    public List<NamedText> Exclude { get; } = [];

    /// <summary>What its alerts carry.</summary>
    public List<NamedText> Annotations { get; } = [];

    /// <summary>Other limits for some keys; the first that fits counts.</summary>
    public List<OverrideDraft> Overrides { get; } = [];

    /// <summary>The text of a field: of a choice the word, of others nothing where the rule does not say it.</summary>
    public string this[string field]
    {
        get => _texts.TryGetValue(field, out var text) ? text : Find(field) is { Type: RuleFieldType.Choice, Default: { } usual } ? usual : "";
        set
        {
            if (value.Length == 0 || Find(field) is { Type: RuleFieldType.Choice } choice && value == choice.Default)
                _texts.Remove(field);
            else
                _texts[field] = value;
            _others.Remove(field);
        }
    }

    /// <summary>The form of a rule.</summary>
    public static RuleDraft Of(JsonObject rule)
    {
        RuleDraft draft = new();
        foreach (var (name, value) in rule)
            draft.Take(name, value);
        return draft;
    }

    /// <summary>The form of a text.</summary>
    /// <exception cref="JsonException">It is no object.</exception>
    public static RuleDraft Parse(string json) =>
        JsonNode.Parse(json, null, Strict) is JsonObject rule ? Of(rule) : throw new JsonException("A rule is an object: { … }");

    /// <summary>The rule.</summary>
    public JsonObject ToJson()
    {
        JsonObject rule = [];
        foreach (var field in Fields)
        {
            if (_texts.TryGetValue(field.Name, out var text) && Value(field, text) is { } value)
                rule[field.Name] = value;
            if (field.Name == "Source")
            {
                Add(rule, IncludeField, Include);
                Add(rule, ExcludeField, Exclude);
            }
        }
        Add(rule, AnnotationsField, Annotations);
        if (Overrides.Count > 0)
            rule[OverridesField] = new JsonArray([.. Overrides.Select(each => each.ToJson())]);
        foreach (var (name, value) in _others)
            rule[name] = value?.DeepClone();
        return rule;
    }

    /// <summary>The rule as text for people.</summary>
    public string ToText() => ToJson().ToJsonString(Indented);

    /// <summary>What is wrong with it that no rule can say: the field, and the key of the sentence.</summary>
    public IEnumerable<(string Field, string Fault)> Faults()
    {
        foreach (var field in RuleField.All)
            if (FaultOf(field, this[field.Name]) is { } fault)
                yield return (field.Name, fault);
        foreach (var (name, rows) in new[] { (IncludeField, Include), (ExcludeField, Exclude), (AnnotationsField, Annotations) })
            if (FaultOf(rows) is { } fault)
                yield return (name, fault);
        for (var i = 0; i < Overrides.Count; i++)
        {
            if (FaultOf(Overrides[i].Labels) is { } labels)
                yield return (Override(i, "Labels"), labels);
            foreach (var field in RuleField.InOverrides)
                if (FaultOf(field, Overrides[i][field.Name]) is { } fault)
                    yield return (Override(i, field.Name), fault);
        }
    }

    /// <summary>How faults name a field of an override.</summary>
    public static string Override(int index, string field) => string.Create(CultureInfo.InvariantCulture, $"{OverridesField}.{index}.{field}");

    /// <summary>What a text says, as a rule has it; null for nothing.</summary>
    internal static JsonNode? Value(RuleField field, string text)
    {
        if (field.Type == RuleFieldType.Lines)
            return text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } lines
                ? new JsonArray([.. lines.Select(line => JsonValue.Create(line))]) : null;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return field.Type switch
        {
            RuleFieldType.Whole when long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite
                | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            RuleFieldType.Number when Number(text) is { } number => JsonValue.Create(number),
            RuleFieldType.Duration => JsonValue.Create(DurationText.Canonical(text) ?? text),
            _ => JsonValue.Create(text),
        };
    }

    /// <summary>The text of what a rule says; null when it is not what the field holds.</summary>
    internal static string? Text(RuleField field, JsonNode? value) => (field.Type, value) switch
    {
        (RuleFieldType.Lines, JsonArray items) when items.All(item => item is JsonValue) =>
            string.Join('\n', items.Select(item => Plain((JsonValue)item!))),
        (RuleFieldType.Lines, _) => null,
        (RuleFieldType.Choice, JsonValue word) => field.Choices.FirstOrDefault(choice => Same(choice, Plain(word))),
        (_, JsonValue single) => Plain(single),
        _ => null,
    };

    void Take(string name, JsonNode? value)
    {
        var rows = Same(name, IncludeField) ? Include : Same(name, ExcludeField) ? Exclude : Same(name, AnnotationsField) ? Annotations : null;
        if (rows is not null && NamedText.Of(value) is { } named)
            rows.AddRange(named);
        else if (Same(name, OverridesField) && value is JsonArray overrides && overrides.All(each => each is JsonObject))
            Overrides.AddRange(overrides.Select(each => OverrideDraft.Of((JsonObject)each!)));
        else if (Fields.FirstOrDefault(field => Same(field.Name, name)) is { } known && Text(known, value) is { } text)
            this[known.Name] = text;
        else
            _others[name] = value?.DeepClone();
    }

    static RuleField? Find(string name) => Fields.FirstOrDefault(field => field.Name == name);

    internal static string? FaultOf(RuleField field, string text) => string.IsNullOrWhiteSpace(text) ? null : field.Type switch
    {
        RuleFieldType.Duration when DurationText.Canonical(text) is null => "FaultDuration",
        RuleFieldType.Whole when !long.TryParse(text, CultureInfo.InvariantCulture, out _) => "FaultWhole",
        RuleFieldType.Number when Number(text) is null => "FaultNumber",
        _ => null,
    };

    static string? FaultOf(List<NamedText> rows)
    {
        var named = rows.Where(row => !row.IsEmpty).ToList();
        return named.Any(row => row.Name.Trim().Length == 0) ? "FaultNameless"
            : named.DistinctBy(row => row.Name.Trim(), StringComparer.OrdinalIgnoreCase).Count() < named.Count ? "FaultTwice" : null;
    }

    internal static void Add(JsonObject to, string name, List<NamedText> rows)
    {
        JsonObject members = [];
        foreach (var row in rows.Where(row => row.Name.Trim().Length > 0))
            members[row.Name.Trim()] = row.Value.Trim();
        if (members.Count > 0)
            to[name] = members;
    }

    // A comma is the decimal point of who writes Portuguese.
    static decimal? Number(string text) =>
        decimal.TryParse(text.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static string Plain(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    internal static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A name and what belongs to it, while they are typed.</summary>
public sealed class NamedText
{
    /// <summary>The name.</summary>
    public string Name { get; set; } = "";

    /// <summary>What belongs to it.</summary>
    public string Value { get; set; } = "";

    /// <summary>Whether nothing is typed yet.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Name) && string.IsNullOrWhiteSpace(Value);

    /// <summary>The members of an object; null when it is none, or has other than single values.</summary>
    public static List<NamedText>? Of(JsonNode? node) => node is JsonObject members && members.All(member => member.Value is JsonValue)
        ? [.. members.Select(member => new NamedText { Name = member.Key, Value = RuleDraft.Plain((JsonValue)member.Value!) })] : null;
}

/// <summary>Other limits for some keys, while they are typed.</summary>
public sealed class OverrideDraft
{
    const string LabelsField = "Labels";

    readonly Dictionary<string, string> _texts = [];
    readonly JsonObject _others = [];

    /// <summary>Which keys.</summary>
    public List<NamedText> Labels { get; } = [];

    /// <summary>The text of a limit.</summary>
    public string this[string field]
    {
        get => _texts.GetValueOrDefault(field, "");
        set
        {
            if (value.Length == 0)
                _texts.Remove(field);
            else
                _texts[field] = value;
            _others.Remove(field);
        }
    }

    /// <summary>The form of an override.</summary>
    public static OverrideDraft Of(JsonObject each)
    {
        OverrideDraft draft = new();
        foreach (var (name, value) in each)
            if (RuleDraft.Same(name, LabelsField) && NamedText.Of(value) is { } labels)
                draft.Labels.AddRange(labels);
            else if (RuleField.InOverrides.FirstOrDefault(field => RuleDraft.Same(field.Name, name)) is { } known
                && RuleDraft.Text(known, value) is { } text)
                draft[known.Name] = text;
            else
                draft._others[name] = value?.DeepClone();
        return draft;
    }

    /// <summary>The override.</summary>
    public JsonObject ToJson()
    {
        JsonObject each = [];
        RuleDraft.Add(each, LabelsField, Labels);
        foreach (var field in RuleField.InOverrides)
            if (_texts.TryGetValue(field.Name, out var text) && RuleDraft.Value(field, text) is { } value)
                each[field.Name] = value;
        foreach (var (name, value) in _others)
            each[name] = value?.DeepClone();
        return each;
    }
}
