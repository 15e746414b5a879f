using System.Text;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;

namespace Sigma.OperatorConsole.Board;

/// <summary>Which alerts the board shows, and how: what stands in its address behind the question mark.</summary>
public sealed record BoardFilter
{
    /// <summary>The most names of fields, the most values of one, and their longest; the longest text. What is more is not looked at.</summary>
    public const int MostFields = 20, MostValues = 50, Longest = 300;

    const string TextKey = "q", AcknowledgedKey = "ack", SnoozedKey = "snoozed", ShadowKey = "shadow", GroupKey = "group", SortKey = "sort",
        KeepKey = "keep";

    /// <summary>Everything that is raised.</summary>
    public static BoardFilter All { get; } = new();

    /// <summary>
    /// By name of a field or label the values of which it must have one; an empty value is none at all. <c>assigned</c> is whose task it is.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Words that must all be in it, whatever their case and accents; empty for none.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether somebody has taken it on; null when that does not matter.</summary>
    public bool? Acknowledged { get; init; }

    /// <summary>Whether it is snoozed; null when that does not matter.</summary>
    public bool? Snoozed { get; init; }

    /// <summary>Those of rules that are tried out, instead of those that somebody is told of.</summary>
    public bool Shadow { get; init; }

    /// <summary>The field or label by which they are grouped; null for a flat list.</summary>
    public string? GroupBy { get; init; }

    /// <summary>Their order, within each group.</summary>
    public BoardSort Sort { get; init; }

    /// <summary>Critical and high ones stay until somebody acknowledges them, for a day, even when they are cleared.</summary>
    public bool Keep { get; init; }

    /// <summary>Whose task it is: null when that does not matter, empty for nobody's.</summary>
    public string? AssignedTo => Fields.TryGetValue(BoardFields.Assigned, out var names) ? names[0] : null;

    /// <summary>Reads what <see cref="ToQuery"/> wrote; a name that is no word of it is a field or label, as in <c>?severity=critical</c>.</summary>
    public static BoardFilter Parse(IEnumerable<KeyValuePair<string, string?>> query)
    {
        BoardFilter filter = new();
        Dictionary<string, IReadOnlyList<string>> fields = new(StringComparer.Ordinal);
        foreach (var (name, said) in query)
        {
            var value = said ?? "";
            if (value.Length > Longest || name.Length is 0 or > Longest)
                continue;
            switch (name)
            {
                case TextKey: filter = filter with { Text = value.Trim() }; break;
                case AcknowledgedKey: filter = filter with { Acknowledged = YesOrNo(value) }; break;
                case SnoozedKey: filter = filter with { Snoozed = YesOrNo(value) }; break;
                case ShadowKey: filter = filter with { Shadow = YesOrNo(value) ?? false }; break;
                case KeepKey: filter = filter with { Keep = YesOrNo(value) ?? false }; break;
                case GroupKey: filter = filter with { GroupBy = value.Length == 0 ? null : value }; break;
                case SortKey: filter = filter with { Sort = Enum.TryParse<BoardSort>(value, ignoreCase: true, out var sort)
                    && Enum.IsDefined(sort) ? sort : default }; break;
                default: Add(fields, name, value); break;
            }
        }
        return filter with { Fields = fields };
    }

    /// <summary>What of a query would not be looked at by <see cref="Parse(IEnumerable{KeyValuePair{string, string?}})"/>.</summary>
    internal static IEnumerable<string> Faults(IEnumerable<KeyValuePair<string, string?>> query)
    {
        Dictionary<string, int> fields = new(StringComparer.Ordinal);
        foreach (var (name, said) in query)
        {
            var value = said ?? "";
            if (value.Length > Longest || name.Length is 0 or > Longest)
                yield return $"a name or a value has more than {Longest} characters";
            else if (name is AcknowledgedKey or SnoozedKey or ShadowKey or KeepKey && YesOrNo(value) is null)
                yield return $"{name} is yes or no";
            else if (name == SortKey && !(Enum.TryParse<BoardSort>(value, ignoreCase: true, out var sort) && Enum.IsDefined(sort)))
                yield return $"sort is one of {string.Join(", ", Enum.GetNames<BoardSort>()).ToLowerInvariant()}";
            else if (name is not (TextKey or AcknowledgedKey or SnoozedKey or ShadowKey or KeepKey or SortKey or GroupKey))
                fields[name] = fields.GetValueOrDefault(name) + 1;
        }
        if (fields.Count > MostFields || fields.Values.Any(count => count > MostValues))
            yield return $"at most {MostFields} fields are filtered by, each with at most {MostValues} values";
    }

    /// <summary>Reads the part of an address behind the question mark, with it or without.</summary>
    public static BoardFilter Parse(string query) => Parse(QueryText.Read(query));

    /// <summary>The part of an address behind the question mark, without it: the same for filters that mean the same.</summary>
    public string ToQuery()
    {
        StringBuilder query = new();
        foreach (var (name, values) in Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
            foreach (var value in values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                QueryText.Add(query, name, value);
        if (Text.Length > 0)
            QueryText.Add(query, TextKey, Text);
        if (Acknowledged is { } acknowledged)
            QueryText.Add(query, AcknowledgedKey, acknowledged ? "yes" : "no");
        if (Snoozed is { } snoozed)
            QueryText.Add(query, SnoozedKey, snoozed ? "yes" : "no");
        if (Shadow)
            QueryText.Add(query, ShadowKey, "yes");
        if (Keep)
            QueryText.Add(query, KeepKey, "yes");
        if (GroupBy is { } group)
            QueryText.Add(query, GroupKey, group);
        if (Sort != default)
            QueryText.Add(query, SortKey, Sort.ToString().ToLowerInvariant());
        return query.ToString();
    }

    /// <summary>The same with one more value of a field, or without it when it was there.</summary>
    public BoardFilter Toggle(string name, string value)
    {
        Dictionary<string, IReadOnlyList<string>> fields = new(Fields, StringComparer.Ordinal);
        if (!fields.TryGetValue(name, out var values))
            fields[name] = [value];
        else if (!values.Contains(value, StringComparer.Ordinal))
            fields[name] = [.. values, value];
        else if (values.Count == 1)
            fields.Remove(name);
        else
            fields[name] = [.. values.Where(other => other != value)];
        return this with { Fields = fields };
    }

    /// <summary>Whether a value of a field is chosen.</summary>
    public bool Has(string name, string value) => Fields.TryGetValue(name, out var values) && values.Contains(value, StringComparer.Ordinal);

    /// <summary>Whether they mean the same.</summary>
    public bool Equals(BoardFilter? other) => other is not null && (ReferenceEquals(this, other) || ToQuery() == other.ToQuery());

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(ToQuery(), StringComparison.Ordinal);

    static void Add(Dictionary<string, IReadOnlyList<string>> fields, string name, string value)
    {
        var values = fields.GetValueOrDefault(name);
        if (values is null ? fields.Count < MostFields : values.Count < MostValues && !values.Contains(value, StringComparer.Ordinal))
            fields[name] = [.. values ?? [], value];
    }

    static bool? YesOrNo(string value) => value.ToLowerInvariant() switch
    {
        "yes" or "true" or "1" or "on" => true,
        "no" or "false" or "0" or "off" => false,
        _ => null,
    };
}

/// <summary>An order of alerts. Those that are alike in it are in the order of <see cref="Newest"/>.</summary>
public enum BoardSort
{
    /// <summary>The worst first.</summary>
    Severity,

    /// <summary>The newest first.</summary>
    Newest,

    /// <summary>The oldest first.</summary>
    Oldest,

    /// <summary>By the account's name, or where it has none by what identifies it.</summary>
    Account,

    /// <summary>By the company's name.</summary>
    Company,

    /// <summary>By the rule's name.</summary>
    Rule,

    /// <summary>By the source.</summary>
    Source,
}

/// <summary>The fields whose values are counted beside the board.</summary>
public static class BoardFields
{
    /// <summary>Whose task it is.</summary>
    public const string Assigned = "assigned";

    /// <summary>The label that names the account.</summary>
    public const string Account = "account";

    /// <summary>All, in the order they are shown.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["severity", "rule", "source", LabelLimits.Company, LabelLimits.ClientGroup, Account, "kind", "category", Assigned];

    internal const int Severity = 0, Rule = 1, Source = 2, Company = 3, AccountAt = 5, Count = 9;

    /// <summary>The place of a field among all; -1 for one that is not counted.</summary>
    internal static int At(string name)
    {
        for (var i = 0; i < All.Count; i++)
            if (All[i] == name)
                return i;
        return -1;
    }

    /// <summary>The value of an alert; empty where it has none.</summary>
    internal static string Of(AlertView alert, int field) => alert.Field(All[field]) ?? "";
}
