namespace Sigma.Hosting.Alertmanager;

/// <summary>An alert, as Alertmanager lists it.</summary>
public sealed record GettableAlert(IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset UpdatedAt, string Fingerprint, string? GeneratorURL,
    IReadOnlyList<ReceiverName> Receivers, AlertStatus Status)
{
    /// <summary>The label that names the rule.</summary>
    public const string RuleLabel = "alertname";
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

    /// <summary>Of a server that has no cluster and no configuration to show.</summary>
    public static ServerStatus Of(DateTimeOffset since) =>
        new(new("", "disabled", []), new(Version, "", "sigma", "", "", ""), new(""), since);
}

/// <summary>There is no cluster.</summary>
public sealed record ClusterStatus(string Name, string Status, IReadOnlyList<string> Peers);

/// <summary>The version whose API this is.</summary>
public sealed record VersionInfo(string Version, string Revision, string Branch, string BuildUser, string BuildDate, string GoVersion);

/// <summary>Nobody's configuration.</summary>
public sealed record ServerConfig(string Original);
