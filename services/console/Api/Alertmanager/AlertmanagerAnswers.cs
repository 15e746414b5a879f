using Sigma.OperatorConsole.Alerts;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Api.Alertmanager;

/// <summary>An alert, as Alertmanager lists it.</summary>
public sealed record GettableAlert(IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset UpdatedAt, string Fingerprint, string? GeneratorURL,
    IReadOnlyList<ReceiverName> Receivers, AlertStatus Status)
{
    internal const string RuleLabel = "alertname";

    const int FingerprintDigits = 16;

    // Of one that is raised nobody knows when it ends; the clients want a time that is to come.
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    internal static Dictionary<string, string> LabelsOf(AlertView alert)
    {
        Dictionary<string, string> labels = new(alert.Labels.Count + 6, StringComparer.Ordinal);
        foreach (var (name, value) in alert.Labels)
            labels[name] = value;
        labels[RuleLabel] = alert.Rule;
        labels["severity"] = alert.Severity;
        labels["source"] = alert.Source;
        labels["kind"] = alert.Kind;
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("category", alert.Category), ("company", alert.Company),
            ("client_group", alert.ClientGroup)])
            if (value is not null)
                labels.TryAdd(name, value);
        return labels;
    }

    internal static GettableAlert Of(AlertView alert, IReadOnlyDictionary<string, string> labels, IReadOnlyList<string> silencedBy,
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

/// <summary>Whether an alert is silenced.</summary>
public sealed record AlertStatus(string State, IReadOnlyList<string> SilencedBy, IReadOnlyList<string> InhibitedBy);

/// <summary>A receiver.</summary>
public sealed record ReceiverName(string Name);

/// <summary>Alerts of one rule.</summary>
public sealed record AlertGroup(IReadOnlyDictionary<string, string> Labels, ReceiverName Receiver, IReadOnlyList<GettableAlert> Alerts);

/// <summary>A silence, as Alertmanager lists it.</summary>
public sealed record GettableSilence(string Id, SilenceStatus Status, DateTimeOffset UpdatedAt, string Comment, string CreatedBy,
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, IReadOnlyList<SilenceMatcher> Matchers);

/// <summary>Whether a silence lasts: <c>active</c>, <c>pending</c> or <c>expired</c>.</summary>
public sealed record SilenceStatus(string State);

/// <summary>A condition of a silence.</summary>
public sealed record SilenceMatcher(string Name, string Value, bool IsRegex, bool IsEqual);

/// <summary>What answers.</summary>
public sealed record ServerStatus(ClusterStatus Cluster, VersionInfo VersionInfo, ServerConfig Config, DateTimeOffset Uptime)
{
    // The version whose API this is.
    const string Version = "0.25.0";

    internal static ServerStatus Of(DateTimeOffset since) =>
        new(new("", "disabled", []), new(Version, "", "sigma", "", "", ""), new(""), since);
}

/// <summary>There is no cluster.</summary>
public sealed record ClusterStatus(string Name, string Status, IReadOnlyList<string> Peers);

/// <summary>The version whose API this is.</summary>
public sealed record VersionInfo(string Version, string Revision, string Branch, string BuildUser, string BuildDate, string GoVersion);

/// <summary>Nobody's configuration.</summary>
public sealed record ServerConfig(string Original);

/// <summary>Since when this console runs.</summary>
internal sealed record ServerStart(DateTimeOffset At);
