using System.Text.Json;
using Sigma.Contracts;

namespace Sigma.Notifier.Alerts;

/// <summary>
/// Says what is wrong with an alert before it is written down: what breaks the contract ends in the error queue with a reason a person can read.
/// The register's statements ignore repeated rows, and with that the database would cut what is too long without a word.
/// </summary>
internal static class AlertLimits
{
    const int LongestRule = 100, LongestSeverity = 32, LongestSource = 64, LongestKind = 16, LongestLabels = 1000;

    // What the columns can hold, and what a template can show in any zone.
    static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="InvalidDataException">The alert breaks the contract.</exception>
    public static void Check(AlertRaised alert) =>
        Check(alert.AlertId, alert.Rule, Fault(alert.AlertId, alert.Rule, alert.Severity, alert.Source, alert.Labels)
        ?? Kind(alert.Kind)
        ?? (alert.Kind == RuleKind.Count ? Counted(alert) : null)
        ?? (alert.Since is { } since ? Time(nameof(alert.Since), since) : null)
        ?? Time(nameof(alert.RaisedAt), alert.RaisedAt));

    /// <exception cref="InvalidDataException">The alert breaks the contract.</exception>
    public static void Check(AlertCleared alert) =>
        Check(alert.AlertId, alert.Rule, Fault(alert.AlertId, alert.Rule, alert.Severity, alert.Source, alert.Labels)
        ?? Kind(alert.Kind)
        ?? (alert.Kind == RuleKind.Count && (alert.Count is not >= 0 || alert.Threshold is not >= 1)
            ? $"its count of {alert.Count} is below 0 or its threshold of {alert.Threshold} below 1" : null)
        ?? (alert.Reason is null ? "its reason is missing" : null)
        ?? Time(nameof(alert.RaisedAt), alert.RaisedAt) ?? Time(nameof(alert.ClearedAt), alert.ClearedAt));

    /// <exception cref="InvalidDataException">It breaks the contract.</exception>
    public static void Check(AlertAcknowledged alert) =>
        Check(alert.AlertId, alert.Rule, Fault(alert.AlertId, alert.Rule, alert.Severity, alert.Source, alert.Labels)
        ?? Kind(alert.Kind)
        ?? (string.IsNullOrWhiteSpace(alert.By) ? "it does not say by whom" : null)
        ?? Time(nameof(alert.RaisedAt), alert.RaisedAt) ?? Time(nameof(alert.AcknowledgedAt), alert.AcknowledgedAt));

    /// <exception cref="InvalidDataException">It breaks the contract.</exception>
    public static void Check(AlertUpdated alert) =>
        Check(alert.AlertId, alert.Rule, Fault(alert.AlertId, alert.Rule, alert.Severity, alert.Source, alert.Labels)
        ?? (alert.SnoozedUntil is { } until && until < Earliest ? Time(nameof(alert.SnoozedUntil), until) : null)
        ?? Time(nameof(alert.UpdatedAt), alert.UpdatedAt));

    static string? Kind(string? kind) => Text("kind", kind, LongestKind);

    static string? Counted(AlertRaised alert) =>
        alert.Count is not >= 1 || alert.Threshold is not >= 1 ? $"its count of {alert.Count} or its threshold of {alert.Threshold} is below 1"
        : alert.WindowFrom is not { } from || alert.WindowTo is not { } to ? "its window is missing"
        : to < from ? "its window ends before it begins"
        : Time(nameof(alert.WindowFrom), from) ?? Time(nameof(alert.WindowTo), to);

    static void Check(Guid alert, string? rule, string? fault)
    {
        if (fault is not null)
            throw new InvalidDataException($"Refused: {fault} (alert {alert} of rule {(rule is { Length: > 40 } ? rule[..40] + "…" : rule ?? "?")})");
    }

    static string? Fault(Guid alert, string? rule, string? severity, string? source, IReadOnlyDictionary<string, string>? labels) =>
        (alert == Guid.Empty ? "its id is empty" : null)
        ?? Text("rule", rule, LongestRule) ?? Text("severity", severity, LongestSeverity, mayBeEmpty: true) ?? Text("source", source, LongestSource)
        ?? (labels is null ? "its labels are missing" : labels.Any(label => label.Value is null) ? "it has a label without a value"
            : JsonSerializer.Serialize(labels).Length > LongestLabels ? $"its labels are longer than {LongestLabels} characters" : null);

    static string? Text(string name, string? value, int longest, bool mayBeEmpty = false) => value switch
    {
        null => $"its {name} is missing",
        "" when !mayBeEmpty => $"its {name} is missing",
        { } when value.Length > longest => $"its {name} is longer than {longest} characters",
        _ => null,
    };

    static string? Time(string name, DateTimeOffset time) =>
        time < Earliest || time > Latest ? $"its {name} of {time:O} is not between {Earliest:yyyy} and {Latest:yyyy}" : null;
}
