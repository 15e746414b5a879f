using System.ComponentModel.DataAnnotations;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions.Counting.Lines;
using Sigma.Hosting.Lines;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Time;

namespace Sigma.Evaluator.Rules;

/// <summary>
/// One rule: what news it watches, what of it makes a key, and what must not be so. Every default is the existing installation's, which counts.
/// </summary>
public sealed class RuleOptions : IValidatableObject
{
    internal const string Segware = "segware", Reported = "reported", UsualSeverity = "warning", Every = "*";

    static readonly string[] LabelsOfSegware = ["account", "cuc", "code"], Kinds = [RuleKind.Count, RuleKind.Threshold, RuleKind.Absence,
        RuleKind.External];

    /// <summary>
    /// Name, at most 100 characters. A rule renamed is a new rule, and alerts of the old one are cleared, unless <see cref="FormerNames"/> has its
    /// old name.
    /// </summary>
    [Required, MaxLength(100), DeniedValues(Drill.Source, ErrorMessage = "is the name of the built-in rule that counts drills")]
    public string Name { get; set; } = "";

    /// <summary>
    /// Names this rule had before. Alerts raised under them are carried on where their source and labels are this rule's; no message is sent.
    /// </summary>
    public List<string> FormerNames { get; set; } = [];

    /// <summary><c>count</c>, <c>threshold</c>, <c>absence</c> or <c>external</c>.</summary>
    [Required]
    public string Kind { get; set; } = RuleKind.Count;

    /// <summary><c>live</c>; <c>shadow</c>: judged as ever, but nobody is told; <c>off</c>: not at all.</summary>
    public RuleMode Mode { get; set; } = RuleMode.Live;

    /// <summary>Source whose news it is judged by.</summary>
    [Required, DeniedValues(Drill.Source, ErrorMessage = "is kept for drills, which have a rule of their own")]
    public string Source { get; set; } = Segware;

    /// <summary>
    /// Label values to count, by label, comma separated; <c>*</c> for all. A label that is not named is not looked at. Names of labels are read in
    /// lower case. For the source <c>segware</c>, <c>cuc</c> is ALI,ALR,BEM,CER,IVA,PAB,PIN unless it is named.
    /// </summary>
    public Dictionary<string, string> Include { get; set; } = [];

    /// <summary>Label values never to watch, by label, comma separated.</summary>
    public Dictionary<string, string> Exclude { get; set; } = [];

    /// <summary>
    /// Labels whose values make a key, comma separated. Kind <c>external</c>: <c>*</c> makes each condition a key of its own, with all of its labels.
    /// </summary>
    [Required]
    public string GroupBy { get; set; } = "account,cuc,code";

    /// <summary>
    /// Kind <c>count</c>: counts the log lines of the source that this search finds, written as in the archive, for example
    /// <c>"login failed" -test level&gt;=high</c>; <c>*</c> for all lines. Not set: events are counted.
    /// </summary>
    [MaxLength(LineFilter.LongestSearch)]
    public string? Lines { get; set; }

    /// <summary>
    /// With <see cref="Lines"/>: a regular expression that the text must match besides. What its named groups match are labels of the line, for
    /// example <c>user (?&lt;user&gt;\S+)</c>.
    /// </summary>
    [MaxLength(LineFilter.LongestPattern)]
    public string? Pattern { get; set; }

    /// <summary>Length of the rolling window.</summary>
    [Duration("00:00:01", "7.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Events in the window at which the alert is raised.</summary>
    [Range(1, 1_000_000)]
    public int Threshold { get; set; } = 20;

    /// <summary>The alert is cleared when fewer than this are in the window; not set: the threshold. At most the threshold.</summary>
    [Range(1, 1_000_000)]
    public int? ClearBelow { get; set; }

    /// <summary>
    /// Carried by the alerts, at most 32 characters. Kind <c>external</c>: <c>reported</c> for what the sender says, of several that fire the worst.
    /// </summary>
    [Required, MaxLength(32)]
    public string Severity { get; set; } = UsualSeverity;

    /// <summary>Carried by the alerts, at most 32 characters; not set: none.</summary>
    [MaxLength(32)]
    public string? Category { get; set; }

    /// <summary>
    /// What the alerts say in a sentence, with the labels as placeholders, for example <c>{host} is silent</c>; not set: what the kind says.
    /// </summary>
    [MaxLength(500)]
    public string? Summary { get; set; }

    /// <summary>Carried by the alerts, beside what the sender says.</summary>
    public Dictionary<string, string> Annotations { get; set; } = [];

    /// <summary>Where is written what to do about an alert.</summary>
    [Url, MaxLength(500)]
    public string? Runbook { get; set; }

    /// <summary>So long it must be so before an alert is raised: of the kind <c>count</c>, the count at the threshold or above.</summary>
    [Duration("00:00:00", "7.00:00:00")]
    public TimeSpan For { get; set; }

    /// <summary>
    /// Hours of the week in which alerts are raised, each with its time zone, for example <c>mon-fri 08:00-18:00 America/Sao_Paulo</c>; none: always.
    /// </summary>
    public List<string> Hours { get; set; } = [];

    /// <summary>So long it must be gone before an alert is cleared.</summary>
    [Duration("00:00:00", "7.00:00:00")]
    public TimeSpan KeepFor { get; set; }

    /// <summary>Kind <c>absence</c>: so long nothing may be heard of a key.</summary>
    [Duration("00:00:01", "30.00:00:00")]
    public TimeSpan? After { get; set; }

    /// <summary>
    /// Kind <c>absence</c>: a key of which nothing is heard for so long is forgotten, and its alert ends; not set: 30 days longer than
    /// <see cref="After"/>.
    /// </summary>
    [Duration("00:01:00", "3650.00:00:00")]
    public TimeSpan? ForgetAfter { get; set; }

    /// <summary>Kind <c>threshold</c>: name of the series; not set: every series of the source.</summary>
    [MaxLength(200)]
    public string? Series { get; set; }

    /// <summary>Kind <c>threshold</c>: how a value that must not be compares with the limit.</summary>
    public Comparison Beyond { get; set; } = Comparison.Above;

    /// <summary>Kind <c>threshold</c>: the limit; of a range, the lower one.</summary>
    public double? Limit { get; set; }

    /// <summary>Kind <c>threshold</c>, outside a range: the upper limit.</summary>
    public double? UpperLimit { get; set; }

    /// <summary>Kind <c>threshold</c>: back on the good side of this an alert is cleared; not set: of the limit.</summary>
    public double? RecoveryLimit { get; set; }

    /// <summary>Kind <c>threshold</c>: unit of the values, for the texts.</summary>
    [MaxLength(16)]
    public string? Unit { get; set; }

    /// <summary>Kind <c>threshold</c>: what it means that a series has no news for <see cref="NoDataAfter"/>.</summary>
    public WhenNoData NoData { get; set; } = WhenNoData.Keep;

    /// <summary>Kind <c>threshold</c>: see <see cref="NoData"/>.</summary>
    [Duration("00:00:10", "7.00:00:00")]
    public TimeSpan NoDataAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Kind <c>external</c>: an alert that its sender does not repeat for so long is over; not set: never.</summary>
    [Duration("00:00:10", "90.00:00:00")]
    public TimeSpan? CloseAfter { get; set; }

    /// <summary>Other limits for some keys; the first that fits counts.</summary>
    public List<OverrideOptions> Overrides { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Kinds.Contains(Kind))
            yield return new ValidationResult($"is '{Kind}'; the kinds are {string.Join(", ", Kinds)}", [nameof(Kind)]);
        if (Severity == Reported && Kind != RuleKind.External)
            yield return new ValidationResult($"is '{Reported}', which only alerts of the kind {RuleKind.External} have", [nameof(Severity)]);
        foreach (var fault in FaultsOfHours().Concat(FaultsOfKind()))
            yield return fault;
        if (ClearBelow > Threshold)
            yield return new ValidationResult($"is {ClearBelow}, above the threshold of {Threshold}: an alert would be cleared at once",
                [nameof(ClearBelow)]);
        var grouped = Rule.Split(GroupBy);
        if (grouped.Length == 0)
            yield return new ValidationResult("names no label", [nameof(GroupBy)]);
        if (grouped.Contains(Every) && (Kind != RuleKind.External || grouped.Length > 1))
            yield return new ValidationResult($"is '{GroupBy}': * stands alone, and for the kind {RuleKind.External}", [nameof(GroupBy)]);
        foreach (var label in Overrides.SelectMany(o => o.Labels.Keys).Distinct().Except(grouped, StringComparer.OrdinalIgnoreCase)
            .Where(_ => !grouped.Contains(Every)))
            yield return new ValidationResult($"uses the label {label}, which {nameof(GroupBy)} does not have", [nameof(Overrides)]);
        foreach (var fault in FaultsOfLines())
            yield return fault;
        if (Source != Segware || Kind != RuleKind.Count || Lines is { Length: > 0 })
            yield break;
        // A label that no event has would count nothing, or everything as one, without an error.
        var named = grouped.Select(label => (nameof(GroupBy), label))
            .Concat(Include.Keys.Select(label => ($"{nameof(Include)}__{label}", label)))
            .Concat(Exclude.Keys.Select(label => ($"{nameof(Exclude)}__{label}", label)));
        foreach (var (setting, label) in named.Where(n => !LabelsOfSegware.Contains(n.label, StringComparer.OrdinalIgnoreCase)))
            yield return new ValidationResult(
                $"uses the label {label}, which Segware's events do not have; theirs are {string.Join(", ", LabelsOfSegware)}", [setting]);
    }

    IEnumerable<ValidationResult> FaultsOfLines()
    {
        if (Lines is not { Length: > 0 })
        {
            if (Pattern is { Length: > 0 })
                yield return new ValidationResult($"is for log lines: say in {nameof(Lines)} which, * for all", [nameof(Pattern)]);
            yield break;
        }
        if (Kind != RuleKind.Count)
            yield return new ValidationResult($"is for the kind {RuleKind.Count}: lines are counted", [nameof(Lines)]);
        else if (Source == Segware)
            yield return new ValidationResult("is missing: of which integration are the lines?", [nameof(Source)]);
        else if (GroupBy == new RuleOptions().GroupBy)
            yield return new ValidationResult($"is {GroupBy}, which are labels of Segware's events: which labels of the lines make a key?",
                [nameof(GroupBy)]);
        if (FaultOfSearch() is { } search)
            yield return new ValidationResult($"cannot be read {search}", [nameof(Lines)]);
        if (FaultOfPattern() is { } pattern)
            yield return new ValidationResult($"cannot be read: {pattern}", [nameof(Pattern)]);
    }

    string? FaultOfSearch()
    {
        try
        {
            if (Lines!.Trim() != Every)
                LogQueryParser.Parse(Lines);
            return null;
        }
        catch (LogQueryException e)
        {
            return e.Message;
        }
    }

    string? FaultOfPattern()
    {
        try
        {
            if (Pattern is { Length: > 0 })
                LineFilter.Parse(Pattern);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    IEnumerable<ValidationResult> FaultsOfHours()
    {
        for (var i = 0; i < Hours.Count; i++)
            if (FaultOf(Hours[i]) is { } fault)
                yield return new ValidationResult(fault, [$"{nameof(Hours)}__{i}"]);
    }

    static string? FaultOf(string hours)
    {
        try
        {
            WeeklyHours.Parse(hours, null);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    IEnumerable<ValidationResult> FaultsOfKind()
    {
        if (Kind == RuleKind.Count)
        {
            foreach (var without in Overrides.Where(o => o.Threshold is null))
                yield return new ValidationResult($"has none for {without.Name}", [$"{nameof(Overrides)}__{nameof(OverrideOptions.Threshold)}"]);
        }
        if (Kind == RuleKind.Absence && After is null)
            yield return new ValidationResult("is missing: after how long without news is a key silent?", [nameof(After)]);
        if (Kind == RuleKind.Absence && ForgetAfter <= Overrides.Select(o => o.After).Append(After).Max() + For)
            yield return new ValidationResult($"is {ForgetAfter}, not longer than {nameof(After)}: no key would ever be silent",
                [nameof(ForgetAfter)]);
        if (Kind != RuleKind.Threshold)
            yield break;
        if (Limit is null)
            yield return new ValidationResult("is missing: beyond which value is a sample too much or too little?", [nameof(Limit)]);
        if (Beyond == Comparison.Outside && (UpperLimit is null || UpperLimit < Limit))
            yield return new ValidationResult($"must be there and not below {nameof(Limit)}: values outside the two are wrong", [nameof(UpperLimit)]);
        if (RecoveryLimit is { } recovery && (Beyond == Comparison.Outside
            || (Beyond is Comparison.Above or Comparison.AtLeast ? recovery > Limit : recovery < Limit)))
            yield return new ValidationResult(Beyond == Comparison.Outside ? "is not for a range"
                : $"is {recovery}, on the wrong side of the limit of {Limit}: an alert would be cleared at once", [nameof(RecoveryLimit)]);
    }
}

/// <summary>What becomes of what a rule finds.</summary>
public enum RuleMode
{
    /// <summary>Everybody is told.</summary>
    Live,

    /// <summary>It is judged as if it were live, and nobody but the console is told.</summary>
    Shadow,

    /// <summary>It is not judged; what it had raised is cleared.</summary>
    Off,
}

/// <summary>How a value that must not be compares with the limit.</summary>
public enum Comparison
{
    /// <summary>It is more.</summary>
    Above,

    /// <summary>It is as much or more.</summary>
    AtLeast,

    /// <summary>It is less.</summary>
    Below,

    /// <summary>It is as much or less.</summary>
    AtMost,

    /// <summary>It is less than the limit or more than the upper one.</summary>
    Outside,
}

/// <summary>What it means that a series has no news.</summary>
public enum WhenNoData
{
    /// <summary>Nothing: what is raised stays raised.</summary>
    Keep,

    /// <summary>An alert.</summary>
    Raise,

    /// <summary>The end of one.</summary>
    Clear,
}

/// <summary>Other limits for the keys whose labels have these values.</summary>
public sealed class OverrideOptions : IValidatableObject
{
    /// <summary>Values that must all fit, by label.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>Kind <c>count</c>: threshold for these keys.</summary>
    [Range(1, 1_000_000)]
    public int? Threshold { get; set; }

    /// <summary>Kind <c>count</c>: clear limit for these keys; not set: their threshold.</summary>
    [Range(1, 1_000_000)]
    public int? ClearBelow { get; set; }

    /// <summary>Kind <c>absence</c>: so long nothing may be heard of these keys; not set: as the rule says.</summary>
    [Duration("00:00:01", "30.00:00:00")]
    public TimeSpan? After { get; set; }

    /// <summary>Kind <c>threshold</c>: limit for these keys; not set: as the rule says.</summary>
    public double? Limit { get; set; }

    /// <summary>Kind <c>threshold</c>: upper limit for these keys; not set: as the rule says.</summary>
    public double? UpperLimit { get; set; }

    /// <summary>Kind <c>threshold</c>: recovery limit for these keys; not set: their limit if they have one, else as the rule says.</summary>
    public double? RecoveryLimit { get; set; }

    internal string Name => string.Join(", ", Labels.Select(label => $"{label.Key}={label.Value}"));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Labels.Count == 0)
            yield return new ValidationResult("names no label: it would apply to every key", [nameof(Labels)]);
        if (ClearBelow > Threshold)
            yield return new ValidationResult($"is {ClearBelow}, above the threshold of {Threshold}: an alert would be cleared at once",
                [nameof(ClearBelow)]);
    }
}
