using System.Globalization;
using System.Text.Json.Nodes;

namespace Sigma.OperatorConsole.Routes;

/// <summary>What people make of the policy while one of its entries is changed by a form; what the form does not know stays as it is.</summary>
internal sealed class PolicyDraft
{
    /// <summary>The lists that have forms.</summary>
    public const string Routes = "Routes", Maintenance = "Maintenance", Inhibitions = "Inhibitions", Escalations = "Escalations";

    const string Name = "Name", Parent = "Parent", Escalation = "Escalation";

    PolicyDraft(JsonObject policy) => Policy = policy;

    /// <summary>All of it.</summary>
    public JsonObject Policy { get; }

    /// <summary>A copy, to be changed.</summary>
    public static PolicyDraft Of(JsonObject made) => new((JsonObject)made.DeepClone());

    /// <summary>The entry of a list that has a name; null when there is none.</summary>
    public JsonObject? Find(string list, string name) => Entries(list)?.OfType<JsonObject>().FirstOrDefault(entry => NameOf(entry) == name);

    /// <summary>The names in a list, in its order.</summary>
    public IReadOnlyList<string> Names(string list) => [.. (Entries(list) ?? []).OfType<JsonObject>().Select(NameOf)];

    /// <summary>Puts an entry into a list, in the place of the one that had a name; a new one at its end, or before another.</summary>
    /// <param name="list">The list.</param>
    /// <param name="was">The name it had; null for a new one.</param>
    /// <param name="fields">What it says; null takes a field away, so that it is as it is by default.</param>
    /// <param name="before">Name of the one that follows it; null leaves it where it is, and is the end for a new one.</param>
    public void Put(string list, string? was, IReadOnlyDictionary<string, JsonNode?> fields, string? before = null)
    {
        var entries = Entries(list) ?? Add(list);
        var entry = was is null ? null : Find(list, was);
        if (entry is null)
            entries.Add(entry = []);
        foreach (var (field, value) in fields)
        {
            entry.Remove(Key(entry, field));
            if (value is not null)
                entry[field] = value;
        }
        if (was is not null && NameOf(entry) is var name && name != was && ReferenceTo(list) is { } reference)
            foreach (var route in (Entries(Routes) ?? []).OfType<JsonObject>().Where(route => Text(route, reference) == was))
                route[Key(route, reference)] = name;
        if (before is null || Find(list, before) is not { } next || ReferenceEquals(next, entry))
            return;
        entries.Remove(entry);
        entries.Insert(entries.IndexOf(next), entry);
    }

    /// <summary>Takes an entry away; false when there is none of that name.</summary>
    public bool Remove(string list, string name) => Find(list, name) is { } entry && Entries(list)!.Remove(entry);

    /// <summary>A text of an entry; empty where it says none.</summary>
    public static string Text(JsonObject entry, string field) => entry[Key(entry, field)] is JsonValue value
        && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>A switch of an entry.</summary>
    public static bool Flag(JsonObject entry, string field) => entry[Key(entry, field)] is JsonValue value
        && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>A whole number of an entry as text; empty where it says none.</summary>
    public static string Number(JsonObject entry, string field) => entry[Key(entry, field)] is JsonValue value
        && value.TryGetValue<int>(out var number) ? number.ToString(CultureInfo.InvariantCulture) : "";

    /// <summary>A list of objects of an entry.</summary>
    public static IEnumerable<JsonObject> Entries(JsonObject entry, string field) =>
        entry[Key(entry, field)] is JsonArray all ? all.OfType<JsonObject>() : [];

    /// <summary>A list of texts of an entry.</summary>
    public static IReadOnlyList<string> Texts(JsonObject entry, string field) => entry[Key(entry, field)] is JsonArray all
        ? [.. all.OfType<JsonValue>().Select(value => value.ToString())] : [];

    /// <summary>Lines as a list; null where there is none, which is the default.</summary>
    public static JsonArray? List(IReadOnlyList<string> lines) => lines.Count == 0 ? null : [.. lines.Select(line => (JsonNode)line)];

    // The field by which a route names an entry of a list.
    static string? ReferenceTo(string list) => list switch { Routes => Parent, Escalations => Escalation, _ => null };

    static string NameOf(JsonObject entry) => Text(entry, Name);

    JsonArray? Entries(string list) => Policy[Key(Policy, list)] as JsonArray;

    JsonArray Add(string list)
    {
        JsonArray entries = [];
        Policy[list] = entries;
        return entries;
    }

    // The settings' names are read in any case.
    static string Key(JsonObject entry, string field) =>
        entry.Select(one => one.Key).FirstOrDefault(key => string.Equals(key, field, StringComparison.OrdinalIgnoreCase)) ?? field;
}
