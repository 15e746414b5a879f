using System.Globalization;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.OpenTelemetry;

/// <summary>Makes lines of log records: what is known of the resource says where they are from, all else comes with them.</summary>
internal sealed class OtlpLines(LineCollector lines, KnownFields known)
{
    readonly List<KeyValuePair<string, string>> _resource = [];
    IReadOnlyDictionary<string, string> _labels = new Dictionary<string, string>();
    string? _scope;

    /// <summary>When the record was written, in nanoseconds since 1970; 0 when it does not say.</summary>
    public ulong Time { get; set; }

    /// <summary>When the record was seen, in nanoseconds since 1970; 0 when it does not say.</summary>
    public ulong ObservedTime { get; set; }

    /// <summary>OpenTelemetry's number; 0 when there is none.</summary>
    public long SeverityNumber { get; set; }

    public string? SeverityText { get; set; }

    public string? Body { get; set; }

    public string? EventName { get; set; }

    /// <summary>Hexadecimal; empty when there is none.</summary>
    public string? TraceId { get; set; }

    /// <inheritdoc cref="TraceId"/>
    public string? SpanId { get; set; }

    /// <summary>Begins a resource: its attributes come, then its scopes.</summary>
    public void BeginResource()
    {
        lines.Labels.Clear();
        _resource.Clear();
        _scope = null;
    }

    public void ResourceAttribute(string name, string value)
    {
        if (known.Label(name) is not { } label || !lines.Labels.Set(label, value))
            _resource.Add(new(name, value));
    }

    /// <summary>Ends the resource's attributes.</summary>
    public void EndResource() => _labels = lines.Labels.Build();

    /// <summary>Begins a scope, which is usually the name of a logger.</summary>
    public void BeginScope(string? name) => _scope = name;

    /// <summary>An attribute of the record.</summary>
    public void Attribute(string name, string value) => lines.Fields.Add(name, value);

    /// <summary>Ends a record.</summary>
    public void EndRecord()
    {
        var level = LogLevels.OfOpenTelemetry(SeverityNumber)
            ?? (string.IsNullOrEmpty(SeverityText) ? null : LogLevels.Of(SeverityText, lines.Integration));
        Add("trace_id", TraceId?.ToLowerInvariant());
        Add("span_id", SpanId?.ToLowerInvariant());
        Add("severity_text", string.Equals(SeverityText, level, StringComparison.OrdinalIgnoreCase) ? null : SeverityText);
        Add("event_name", EventName);
        Add("scope", _scope);
        foreach (var (name, value) in _resource)
            lines.Fields.Add(name, value);
        lines.Add(LogTimes.FromNanoseconds(Time) ?? LogTimes.FromNanoseconds(ObservedTime), _labels, Body ?? EventName ?? "", level);
        Time = ObservedTime = 0;
        SeverityNumber = 0;
        SeverityText = Body = EventName = TraceId = SpanId = null;
    }

    /// <summary>A number as it is written.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    void Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            lines.Fields.Add(name, value);
    }
}
