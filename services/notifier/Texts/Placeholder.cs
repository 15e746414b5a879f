namespace Sigma.Notifier.Texts;

/// <summary>What a text may name.</summary>
internal static class Placeholder
{
    /// <summary>How those of single labels and annotations begin, after which the name comes.</summary>
    public const string Label = "label.", Annotation = "annotation.";

    /// <summary>Whether it is that of a label or an annotation: which ones an alert has is known when it comes.</summary>
    public static bool IsOfOne(string name) =>
        name.StartsWith(Label, StringComparison.Ordinal) || name.StartsWith(Annotation, StringComparison.Ordinal);

    public static readonly IReadOnlyList<string> All =
    [
        "account", "accountCode", "tradeName", "company", "clientGroup", "cuc", "code", "labels", "count", "threshold", "windowFrom", "windowTo",
        "raisedAt", "clearedAt", "duration", "rule", "severity", "severityWord", "source", "alertId", "kind", "category", "summary", "value",
        "limit", "unit", "url", "since",
    ];
}
