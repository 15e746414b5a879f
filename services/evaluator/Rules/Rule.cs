using System.Text.Json;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Conditions.Counting.Lines;
using Sigma.Evaluator.Coverage;
using Sigma.Hosting.Time;
using Sigma.Storage;

namespace Sigma.Evaluator.Rules;

/// <summary>A configured rule, ready to be applied to events.</summary>
public sealed class Rule
{
    const string WatchedCucs = "ALI,ALR,BEM,CER,IVA,PAB,PIN";

    const string AllLabels = "*";

    readonly Dictionary<string, HashSet<string>> _include, _exclude;
    readonly string? _requiredLabel;
    readonly List<(Dictionary<string, string> Labels, OverrideOptions Options)> _overrides;
    readonly Limits _limits;

    /// <summary>From its settings.</summary>
    /// <param name="options">They are checked.</param>
    /// <param name="revision">The change of the rule book that made it so; 0 when the settings have it.</param>
    public Rule(RuleOptions options, long revision = 0) : this(options, revision, null, isBuiltIn: false) { }

    /// <summary>One that is built in.</summary>
    /// <param name="options">What it says.</param>
    /// <param name="requiredLabel">News without this label is not its; null when there is none.</param>
    internal static Rule BuiltIn(RuleOptions options, string? requiredLabel) => new(options, 0, requiredLabel, isBuiltIn: true);

    Rule(RuleOptions options, long revision, string? requiredLabel, bool isBuiltIn)
    {
        _requiredLabel = requiredLabel;
        IsBuiltIn = isBuiltIn;
        Options = options;
        Revision = revision;
        Name = options.Name;
        Kind = options.Kind;
        Source = options.Source;
        Severity = options.Severity;
        Window = (long)options.Window.TotalMilliseconds;
        GroupBy = [.. Split(options.GroupBy.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)];
        _limits = new Limits(options.Threshold, options.ClearBelow ?? options.Threshold);
        _overrides = [.. options.Overrides.Select(o => (o.Labels.ToDictionary(l => l.Key.ToLowerInvariant(), l => l.Value), o))];
        var include = new Dictionary<string, string>(options.Include, StringComparer.OrdinalIgnoreCase);
        Lines = options.Lines is { Length: > 0 } search && Kind == RuleKind.Count
            ? new LineFilter(Source, search, options.Pattern is { Length: > 0 } pattern ? pattern : null) : null;
        if (Source == RuleOptions.Segware && Kind == RuleKind.Count && Lines is null)
            include.TryAdd("cuc", WatchedCucs);
        _include = Sets(include);
        _exclude = Sets(options.Exclude);
        FormerNames = [.. options.FormerNames];
        Hours = options.Hours.Count == 0 ? null : HourSet.Parse(options.Hours, null);
        For = (long)options.For.TotalMilliseconds;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its kind, one of <see cref="RuleKind"/>.</summary>
    public string Kind { get; }

    /// <summary>Its settings.</summary>
    public RuleOptions Options { get; }

    /// <summary>The change of the rule book that made it so; 0 when the settings have it.</summary>
    public long Revision { get; }

    /// <summary>Whether nobody is told of its alerts.</summary>
    public bool IsShadow => Options.Mode == RuleMode.Shadow;

    /// <summary>Source whose news it is judged by.</summary>
    public string Source { get; }

    /// <summary>Which log lines it counts; null when it counts no lines.</summary>
    internal LineFilter? Lines { get; }

    /// <summary>Under which name the events it counts are stored.</summary>
    internal string EventSource => Lines?.Id ?? Source;

    /// <summary>Under which name the time is kept in which its news is all here.</summary>
    internal string CoveredAs => Lines is null ? Source : IntakeLog.Source;

    /// <summary>Carried by its alerts; <see cref="RuleOptions.Reported"/> where they carry what is reported.</summary>
    public string Severity { get; }

    /// <summary>What an alert of it carries that is about this.</summary>
    internal string SeverityOf(Finding found) => !IsSeverityReported ? Severity : found.Severity ?? RuleOptions.UsualSeverity;

    /// <summary>Whether its alerts carry the severity that the sender says.</summary>
    internal bool IsSeverityReported => Severity == RuleOptions.Reported;

    /// <summary>Whether nobody has written it: it watches a source for which there is no rule of its kind.</summary>
    internal bool IsBuiltIn { get; }

    /// <summary>Whether each reported condition is a key, with all of its labels.</summary>
    internal bool IsByAllLabels => GroupBy is [AllLabels];

    /// <summary>Names it had before; alerts that were raised under them are its own.</summary>
    public IReadOnlyList<string> FormerNames { get; }

    /// <summary>Whether it counts the events of drills, of which no figure tells.</summary>
    internal bool IsOfDrills => Drill.Is(Name);

    /// <summary>Length of the window in milliseconds.</summary>
    public long Window { get; }

    /// <summary>So long it must be so before an alert is raised, in milliseconds.</summary>
    internal long For { get; }

    /// <summary>The hours in which alerts are raised; null for always.</summary>
    internal HourSet? Hours { get; }

    /// <summary>
    /// Whether what is wrong of its keys may be raised later only, and who decides that keeps when. Of other kinds than <c>count</c> each condition
    /// keeps itself since when it is so.
    /// </summary>
    internal bool MayWait => Hours is not null || Kind == RuleKind.Count && For > 0;

    /// <summary>The grouping labels, in one order whatever the order they were written in.</summary>
    public IReadOnlyList<string> GroupBy { get; }

    /// <summary>Whether it counts events with these labels.</summary>
    public bool Watches(IReadOnlyDictionary<string, string> labels) => PassedOverBy(labels) is null;

    /// <summary>
    /// The label for whose value events are not counted, and whether that is named to be left out or not named to be counted; null when they are
    /// counted.
    /// </summary>
    /// <param name="labels">The events'.</param>
    /// <param name="partly">Whether they may have more labels than these: what is not there decides nothing.</param>
    public (string Label, bool Excluded)? PassedOverBy(IReadOnlyDictionary<string, string> labels, bool partly = false)
    {
        if (_requiredLabel is not null && labels.GetValueOrDefault(_requiredLabel, "").Length == 0)
            return (_requiredLabel, false);
        foreach (var (label, values) in _include)
            if (!values.Contains(labels.GetValueOrDefault(label, "")) && !(partly && !labels.ContainsKey(label)))
                return (label, false);
        foreach (var (label, values) in _exclude)
            if (values.Contains(labels.GetValueOrDefault(label, "")))
                return (label, true);
        return null;
    }

    /// <summary>The labels an event is grouped by; one it does not carry counts as empty.</summary>
    public Dictionary<string, string> KeyOf(IReadOnlyDictionary<string, string> labels)
    {
        if (IsByAllLabels)
            return labels.OrderBy(label => label.Key, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(label => label.Key.ToLowerInvariant(), label => label.Value);
        Dictionary<string, string> key = new(GroupBy.Count);
        foreach (var label in GroupBy)
            key.Add(label, labels.GetValueOrDefault(label, ""));
        return key;
    }

    /// <summary>The values of <see cref="KeyOf"/> as one text, to find a key by.</summary>
    internal string KeyTextOf(IReadOnlyDictionary<string, string> labels)
    {
        var values = new string[GroupBy.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = labels.GetValueOrDefault(GroupBy[i], "");
        return string.Join('\0', values);
    }

    /// <summary>
    /// Whether these are the labels of one of its keys. A trigger can be of another time, when the rule was grouped otherwise or counted other
    /// events.
    /// </summary>
    public bool HasKey(IReadOnlyDictionary<string, string> labels) =>
        IsByAllLabels ? PassedOverBy(labels) is null
        : labels.Count == GroupBy.Count && GroupBy.All(labels.ContainsKey) && PassedOverBy(labels, partly: true) is null;

    /// <summary>All that decides what is wrong of which key, as text. Of a rule that counts, what its windows hold follows from it.</summary>
    internal string Definition => Kind != RuleKind.Count ? RuleText.Write(Options)
        : CountDefinition + (Lines is null ? "" : $" {Lines.Id}") + (IsShadow ? " shadow" : "") + (For > 0 ? $" for {Options.For}" : "")
            + (Hours is null ? "" : $" hours {Hours}");

    string CountDefinition => JsonSerializer.Serialize(new
    {
        Source, Include = Lists(_include), Exclude = Lists(_exclude), GroupBy, Window, _limits.Threshold, _limits.ClearBelow,
        Overrides = _overrides.Select(o => (o.Labels, Limits: LimitsOf(o.Options)))
            .Select(o => new { Labels = o.Labels.OrderBy(l => l.Key, StringComparer.Ordinal), o.Limits.Threshold, o.Limits.ClearBelow }),
    });

    /// <summary>The saga of this rule and key: the same for every evaluator and after every restart.</summary>
    public Guid TriggerId(IReadOnlyDictionary<string, string> key) => TriggerId(Name, key);

    /// <summary>The saga of a reported condition: where all labels make the key, so does its identity at the sender's.</summary>
    internal Guid TriggerId(IReadOnlyDictionary<string, string> key, string externalId) =>
        IsByAllLabels ? TriggerId(Name, key, Ids.From("condition", externalId)) : TriggerId(Name, key);

    /// <summary>The saga the key had when the rule was called otherwise, where it was grouped as it is now.</summary>
    /// <param name="name">The rule's then.</param>
    /// <param name="key">The labels.</param>
    /// <param name="like">Where all labels make the key: a trigger of the same condition.</param>
    internal Guid TriggerId(string name, IReadOnlyDictionary<string, string> key, Guid like)
    {
        if (!IsByAllLabels)
            return TriggerId(name, key);
        // Half of it says by which labels: whether a trigger is the rule's can be seen without its condition.
        string[] parts = ["trigger", name, Source, AllLabels, .. key.OrderBy(label => label.Key, StringComparer.Ordinal)
            .SelectMany(label => (string[])[label.Key, label.Value])];
        Span<byte> id = stackalloc byte[16], condition = stackalloc byte[16];
        Ids.From(parts).TryWriteBytes(id, bigEndian: true, out _);
        like.TryWriteBytes(condition, bigEndian: true, out _);
        condition[8..].CopyTo(id[8..]);
        return new Guid(id, bigEndian: true);
    }

    /// <summary>Whether it is the saga that these labels have, or had when the rule was called so.</summary>
    internal bool IsTrigger(string name, Guid trigger, IReadOnlyDictionary<string, string> labels) => TriggerId(name, labels, trigger) == trigger;

    /// <summary>The saga the key had when the rule was called otherwise, where it was grouped as it is now.</summary>
    public Guid TriggerId(string name, IReadOnlyDictionary<string, string> key)
    {
        var parts = new string[3 + 2 * GroupBy.Count];
        parts[0] = "trigger";
        parts[1] = name;
        parts[2] = EventSource; // by another filter it counts other lines, and none of before
        for (var i = 0; i < GroupBy.Count; i++)
        {
            parts[3 + 2 * i] = GroupBy[i];
            parts[4 + 2 * i] = key[GroupBy[i]];
        }
        return Ids.From(parts);
    }

    /// <summary>The limits of a key.</summary>
    public Limits LimitsOf(IReadOnlyDictionary<string, string> key) => OverrideOf(key) is { } fits ? LimitsOf(_overrides[fits].Options) : _limits;

    /// <summary>The settings of the override that fits a key; null when none does.</summary>
    internal OverrideOptions? OverrideFor(IReadOnlyDictionary<string, string> key) => OverrideOf(key) is { } fits ? _overrides[fits].Options : null;

    /// <summary>Of keys no override fits.</summary>
    public Limits UsualLimits => _limits;

    /// <summary>Which override gives the key its limits, by its number in the settings; null when none fits.</summary>
    public int? OverrideOf(IReadOnlyDictionary<string, string> key)
    {
        for (var i = 0; i < _overrides.Count; i++)
            if (_overrides[i].Labels.All(l => string.Equals(key.GetValueOrDefault(l.Key), l.Value, StringComparison.OrdinalIgnoreCase)))
                return i;
        return null;
    }

    /// <summary>The labels an override asks for.</summary>
    public IReadOnlyDictionary<string, string> LabelsOfOverride(int number) => _overrides[number].Labels;

    /// <summary>The lowest of all thresholds: no key with fewer events can be too full.</summary>
    public int LowestThreshold => _overrides.Select(o => LimitsOf(o.Options).Threshold).Append(_limits.Threshold).Min();

    /// <summary>The values of a list as settings have it.</summary>
    public static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    Limits LimitsOf(OverrideOptions options) => options.Threshold is { } threshold ? new(threshold, options.ClearBelow ?? threshold) : _limits;

    static IEnumerable<KeyValuePair<string, IEnumerable<string>>> Lists(Dictionary<string, HashSet<string>> sets) =>
        sets.OrderBy(set => set.Key, StringComparer.Ordinal)
        .Select(set => KeyValuePair.Create(set.Key, set.Value.Select(value => value.ToUpperInvariant()).Order(StringComparer.Ordinal)
            .AsEnumerable()));

    static Dictionary<string, HashSet<string>> Sets(Dictionary<string, string> lists) => lists
        .Where(list => Split(list.Value) is not (["*"] or []))
        .ToDictionary(list => list.Key.ToLowerInvariant(), list => Split(list.Value).ToHashSet(StringComparer.OrdinalIgnoreCase));
}

/// <summary>Raise at <paramref name="Threshold"/> and more, clear below <paramref name="ClearBelow"/>.</summary>
/// <param name="Threshold">At how many events the alert is raised.</param>
/// <param name="ClearBelow">Below how many it is cleared.</param>
public readonly record struct Limits(int Threshold, int ClearBelow);
