namespace Sigma.Notifier.Texts;

/// <summary>What a text may name.</summary>
internal static class Placeholder
{
    public static readonly IReadOnlyList<string> All =
    [
        "account", "accountCode", "tradeName", "company", "clientGroup", "cuc", "code", "labels", "count", "threshold", "windowFrom", "windowTo",
        "raisedAt", "clearedAt", "duration", "rule", "severity", "source", "alertId", "kind", "category", "summary", "value", "limit", "unit",
        "url", "since",
    ];
}
