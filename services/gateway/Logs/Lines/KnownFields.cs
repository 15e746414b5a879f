using System.Collections.Frozen;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>The usual names of what log records have, with dots between the names of objects within objects.</summary>
internal sealed class KnownFields
{
    /// <summary>The systemd journal's time, in microseconds.</summary>
    public const string RealtimeTimestamp = "__realtime_timestamp";

    static readonly string[] Times = ["@timestamp", "timestamp", "time", "date", "ts", "_time", "@t", "datetime", "eventtime", RealtimeTimestamp];

    static readonly string[] Texts =
        ["message", "msg", "log", "short_message", "event.original", "@m", "@message", "body", "text", "line", "rendered_message", "@mt"];

    static readonly string[] Levels =
        ["level", "severity", "log.level", "loglevel", "log_level", "levelname", "lvl", "severity_text", "@l", "@level", "syslog.severity",
            "priority"];

    static readonly (string Label, string[] Names)[] Labels =
    [
        ("host", ["host", "hostname", "host.name", "host.hostname", "agent.hostname", "beat.hostname", "_hostname", "computer", "kubernetes.host"]),
        ("service", ["service", "service.name", "service_name", "servicename"]),
        ("app", ["app", "application", "app_name", "appname", "app-name", "application_name", "program", "programname", "syslog_identifier", "ident",
            "process.name"]),
        ("environment", ["environment", "env", "deployment.environment", "deployment.environment.name", "service.environment"]),
        ("region", ["region", "cloud.region"]),
        ("cluster", ["cluster", "k8s.cluster.name", "orchestrator.cluster.name"]),
        ("namespace", ["namespace", "kubernetes.namespace", "kubernetes.namespace_name", "k8s.namespace.name"]),
        ("pod", ["pod", "pod_name", "kubernetes.pod.name", "kubernetes.pod_name", "k8s.pod.name"]),
        ("container", ["container", "container_name", "container.name", "kubernetes.container.name", "kubernetes.container_name",
            "k8s.container.name"]),
        ("job", ["job"]),
        ("instance", ["instance", "service.instance.id"]),
        ("index", ["index"]),
        ("source", ["source"]),
        ("sourcetype", ["sourcetype"]),
        ("stream", ["stream"]),
        ("tag", ["tag"]),
        ("tenant", ["tenant"]),
        ("unit", ["_systemd_unit"]),
        ("facility", ["facility", "syslog.facility"]),
        ("dataset", ["event.dataset", "data_stream.dataset"]),
    ];

    readonly FrozenDictionary<string, KnownField> _known;

    /// <summary>The usual names, and those that a setting makes labels.</summary>
    public KnownFields(LogsOptions options)
    {
        Dictionary<string, KnownField> known = new(StringComparer.OrdinalIgnoreCase);
        AddRanked(known, FieldUse.Time, Times);
        AddRanked(known, FieldUse.Text, Texts);
        AddRanked(known, FieldUse.Level, Levels);
        foreach (var (label, names) in Labels)
            foreach (var name in names)
                known[name] = new(FieldUse.Label, label);
        foreach (var (name, label) in options.Labels)
            known[name] = new(FieldUse.Label, LineLabels.Name(label));
        _known = known.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What a name is for; its case does not matter.</summary>
    public KnownField Of(string name) => _known.GetValueOrDefault(name) ?? new(FieldUse.Field, name);

    /// <summary>The label that a name stands for; null when it is none.</summary>
    public string? Label(string name) => _known.TryGetValue(name, out var known) && known.Use == FieldUse.Label ? known.Name : null;

    static void AddRanked(Dictionary<string, KnownField> to, FieldUse use, string[] names)
    {
        for (var rank = 0; rank < names.Length; rank++)
            to[names[rank]] = new(use, names[rank], rank);
    }
}
