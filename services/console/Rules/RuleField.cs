using Sigma.Contracts;

namespace Sigma.OperatorConsole.Rules;

/// <summary>A field of a rule that holds one value, with the name that rules have it by.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Section">Where the form has it.</param>
public sealed record RuleField(string Name, RuleFieldType Type, RuleSection Section)
{
    /// <summary>The kinds of rule that use it; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>What a rule that does not say it has; null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>The words to choose from, of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Words to choose from where any other will do.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    /// <summary>Whether a rule of this kind uses it.</summary>
    public bool IsOf(string kind) => Kinds.Count == 0 || Kinds.Contains(kind);

    /// <summary>All of them, in the order of the form.</summary>
    public static IReadOnlyList<RuleField> All { get; } =
    [
        new("Source", RuleFieldType.Text, RuleSection.What)
        {
            Default = "segware", Suggestions = ["segware", "metrics", "agents", "grafana", "syslog", "prefect"],
        },
        new("Series", RuleFieldType.Text, RuleSection.What) { Kinds = [RuleKind.Threshold] },
        new("Lines", RuleFieldType.Text, RuleSection.What) { Kinds = [RuleKind.Count] },
        new("Pattern", RuleFieldType.Text, RuleSection.What) { Kinds = [RuleKind.Count] },
        new("GroupBy", RuleFieldType.Text, RuleSection.What) { Default = "account,cuc,code" },
        new("Window", RuleFieldType.Duration, RuleSection.When) { Kinds = [RuleKind.Count], Default = "02:00:00" },
        new("Threshold", RuleFieldType.Whole, RuleSection.When) { Kinds = [RuleKind.Count], Default = "20" },
        new("ClearBelow", RuleFieldType.Whole, RuleSection.When) { Kinds = [RuleKind.Count] },
        new("Beyond", RuleFieldType.Choice, RuleSection.When)
        {
            Kinds = [RuleKind.Threshold], Default = "above", Choices = ["above", "atLeast", "below", "atMost", "outside"],
        },
        new("Limit", RuleFieldType.Number, RuleSection.When) { Kinds = [RuleKind.Threshold] },
        new("UpperLimit", RuleFieldType.Number, RuleSection.When) { Kinds = [RuleKind.Threshold] },
        new("RecoveryLimit", RuleFieldType.Number, RuleSection.When) { Kinds = [RuleKind.Threshold] },
        new("Unit", RuleFieldType.Text, RuleSection.When) { Kinds = [RuleKind.Threshold] },
        new("NoData", RuleFieldType.Choice, RuleSection.When)
        {
            Kinds = [RuleKind.Threshold], Default = "keep", Choices = ["keep", "raise", "clear"],
        },
        new("NoDataAfter", RuleFieldType.Duration, RuleSection.When) { Kinds = [RuleKind.Threshold], Default = "00:10:00" },
        new("After", RuleFieldType.Duration, RuleSection.When) { Kinds = [RuleKind.Absence] },
        new("ForgetAfter", RuleFieldType.Duration, RuleSection.When) { Kinds = [RuleKind.Absence] },
        new("CloseAfter", RuleFieldType.Duration, RuleSection.When) { Kinds = [RuleKind.External] },
        new("For", RuleFieldType.Duration, RuleSection.When) { Default = "00:00:00" },
        new("KeepFor", RuleFieldType.Duration, RuleSection.When) { Default = "00:00:00" },
        new("Hours", RuleFieldType.Lines, RuleSection.When),
        new("Severity", RuleFieldType.Text, RuleSection.Alert)
        {
            Default = "warning", Suggestions = ["critical", "high", "error", "warning", "medium", "low", "info", "reported"],
        },
        new("Category", RuleFieldType.Text, RuleSection.Alert),
        new("Summary", RuleFieldType.LongText, RuleSection.Alert),
        new("Runbook", RuleFieldType.Text, RuleSection.Alert),
        new("FormerNames", RuleFieldType.Lines, RuleSection.Alert),
    ];

    /// <summary>The limits that an override may have, of a kind.</summary>
    public static IReadOnlyList<RuleField> OfOverrides(string kind) => [.. InOverrides.Where(field => field.IsOf(kind))];

    /// <summary>All limits that an override may have.</summary>
    public static IReadOnlyList<RuleField> InOverrides { get; } =
    [
        .. All.Where(field => field.Name is "Threshold" or "ClearBelow" or "After" or "Limit" or "UpperLimit" or "RecoveryLimit")
            .Select(field => field with { Default = null }),
    ];

    /// <summary>The kinds there are.</summary>
    public static IReadOnlyList<string> KindsOfRules { get; } = [RuleKind.Count, RuleKind.Threshold, RuleKind.Absence, RuleKind.External];

    /// <summary>How a rule may be judged.</summary>
    public static IReadOnlyList<string> Modes { get; } = ["live", "shadow", "off"];
}

/// <summary>What a field of a rule holds.</summary>
public enum RuleFieldType
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>A sentence or more.</summary>
    LongText,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A duration.</summary>
    Duration,

    /// <summary>One of some words.</summary>
    Choice,

    /// <summary>A list, an item a line.</summary>
    Lines,
}

/// <summary>A part of the form of a rule.</summary>
public enum RuleSection
{
    /// <summary>What it watches.</summary>
    What,

    /// <summary>When an alert is raised and cleared.</summary>
    When,

    /// <summary>What the alert says.</summary>
    Alert,
}
