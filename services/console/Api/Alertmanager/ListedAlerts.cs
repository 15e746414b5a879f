using Sigma.Hosting.Alertmanager;
using Sigma.OperatorConsole.Alerts;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Api.Alertmanager;

/// <summary>Alerts of the board as Alertmanager lists them.</summary>
internal static class ListedAlerts
{
    const int FingerprintDigits = 16;

    // Of one that is raised nobody knows when it ends; the clients want a time that is to come.
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    public static Dictionary<string, string> LabelsOf(AlertView alert)
    {
        Dictionary<string, string> labels = new(alert.Labels.Count + 6, StringComparer.Ordinal);
        foreach (var (name, value) in alert.Labels)
            labels[name] = value;
        labels[GettableAlert.RuleLabel] = alert.Rule;
        labels["severity"] = alert.Severity;
        labels["source"] = alert.Source;
        labels["kind"] = alert.Kind;
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("category", alert.Category), ("company", alert.Company),
            ("client_group", alert.ClientGroup)])
            if (value is not null)
                labels.TryAdd(name, value);
        return labels;
    }

    public static GettableAlert Of(AlertView alert, IReadOnlyDictionary<string, string> labels, IReadOnlyList<string> silencedBy,
        DateTimeOffset now)
    {
        Dictionary<string, string> annotations = [];
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("summary", alert.Summary), ("account", alert.TradeName),
            ("acknowledged_by", alert.AcknowledgedBy), ("assigned_to", alert.AssignedTo)])
            if (value is not null)
                annotations[name] = value;
        var changed = alert.AcknowledgedAt ?? alert.RaisedAt;
        return new(labels, annotations, alert.Since ?? alert.RaisedAt, now + Lease, changed, FingerprintOf(alert),
            alert.Url, [new ReceiverName(AlertmanagerApi.Receiver)], new AlertStatus(silencedBy.Count > 0 ? "suppressed" : "active", silencedBy, []));
    }

    // Of the rule and the labels, which of two alerts at one time are never the same.
    static string FingerprintOf(AlertView alert) => Ids.From([alert.Rule, alert.Source, .. alert.Labels
        .OrderBy(label => label.Key, StringComparer.Ordinal).SelectMany(label => (string[])[label.Key, label.Value])])
        .ToString("N")[..FingerprintDigits];
}

/// <summary>Since when this console runs.</summary>
internal sealed record ServerStart(DateTimeOffset At);
