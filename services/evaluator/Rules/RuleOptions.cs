using System.ComponentModel.DataAnnotations;
using Sigma.Contracts;
using Sigma.Hosting.Settings;

namespace Sigma.Evaluator.Rules;

/// <summary>
/// One rule: which events are counted together, over how long, and how many are too many. Every default is the existing installation's.
/// </summary>
public sealed class RuleOptions : IValidatableObject
{
    internal const string Segware = "segware";

    static readonly string[] LabelsOfSegware = ["account", "cuc", "code"];

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

    /// <summary>Source whose events are counted.</summary>
    [Required, DeniedValues(Drill.Source, ErrorMessage = "is kept for drills, which have a rule of their own")]
    public string Source { get; set; } = Segware;

    /// <summary>
    /// Label values to count, by label, comma separated; <c>*</c> for all. A label that is not named is not looked at. Names of labels are read in
    /// lower case. For the source <c>segware</c>, <c>cuc</c> is ALI,ALR,BEM,CER,IVA,PAB,PIN unless it is named.
    /// </summary>
    public Dictionary<string, string> Include { get; set; } = [];

    /// <summary>Label values never to count, by label, comma separated.</summary>
    public Dictionary<string, string> Exclude { get; set; } = [];

    /// <summary>Labels whose values make a key, comma separated.</summary>
    [Required]
    public string GroupBy { get; set; } = "account,cuc,code";

    /// <summary>Length of the rolling window.</summary>
    [Duration("00:00:01", "7.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Events in the window at which the alert is raised.</summary>
    [Range(1, 1_000_000)]
    public int Threshold { get; set; } = 20;

    /// <summary>The alert is cleared when fewer than this are in the window; not set: the threshold. At most the threshold.</summary>
    [Range(1, 1_000_000)]
    public int? ClearBelow { get; set; }

    /// <summary>Carried by the alerts, at most 32 characters.</summary>
    [Required, MaxLength(32)]
    public string Severity { get; set; } = "warning";

    /// <summary>Other limits for some keys; the first that fits counts.</summary>
    public List<OverrideOptions> Overrides { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClearBelow > Threshold)
            yield return new ValidationResult($"is {ClearBelow}, above the threshold of {Threshold}: an alert would be cleared at once",
                [nameof(ClearBelow)]);
        var grouped = Rule.Split(GroupBy);
        if (grouped.Length == 0)
            yield return new ValidationResult("names no label", [nameof(GroupBy)]);
        foreach (var label in Overrides.SelectMany(o => o.Labels.Keys).Distinct().Except(grouped, StringComparer.OrdinalIgnoreCase))
            yield return new ValidationResult($"uses the label {label}, which {nameof(GroupBy)} does not have", [nameof(Overrides)]);
        if (Source != Segware)
            yield break;
        // A label that no event has would count nothing, or everything as one, without an error.
        var named = grouped.Select(label => (nameof(GroupBy), label))
            .Concat(Include.Keys.Select(label => ($"{nameof(Include)}__{label}", label)))
            .Concat(Exclude.Keys.Select(label => ($"{nameof(Exclude)}__{label}", label)));
        foreach (var (setting, label) in named.Where(n => !LabelsOfSegware.Contains(n.label, StringComparer.OrdinalIgnoreCase)))
            yield return new ValidationResult(
                $"uses the label {label}, which Segware's events do not have; theirs are {string.Join(", ", LabelsOfSegware)}", [setting]);
    }
}

/// <summary>Other limits for the keys whose labels have these values.</summary>
public sealed class OverrideOptions : IValidatableObject
{
    /// <summary>Values that must all fit, by label.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>Threshold for these keys.</summary>
    [Range(1, 1_000_000)]
    public int Threshold { get; set; }

    /// <summary>Clear limit for these keys; not set: their threshold.</summary>
    [Range(1, 1_000_000)]
    public int? ClearBelow { get; set; }

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
