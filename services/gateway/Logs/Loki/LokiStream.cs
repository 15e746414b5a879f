using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.Loki;

/// <summary>One stream of a push: its labels are those of all its lines, and what does not fit as a label is a field of each.</summary>
internal sealed class LokiStream(LineCollector lines, string? tenant)
{
    static readonly string[] LevelNames = ["level", "detected_level", "severity", "severity_text"];

    readonly List<KeyValuePair<string, string>> _fields = [];
    IReadOnlyDictionary<string, string> _labels = new Dictionary<string, string>();
    string? _level, _lineLevel;

    /// <summary>Begins a stream.</summary>
    public void Begin()
    {
        lines.Labels.Clear();
        _fields.Clear();
        _level = _lineLevel = null;
    }

    /// <summary>A label of the stream.</summary>
    public void Label(string name, string value)
    {
        if (LevelNames.Contains(name))
            _level ??= LogLevels.Of(value, lines.Integration);
        if (!lines.Labels.Set(name, value))
            _fields.Add(new(name, value));
    }

    /// <summary>Ends the labels of the stream.</summary>
    public void EndLabels()
    {
        if (tenant is not null)
            Label("tenant", tenant);
        _labels = lines.Labels.Build();
    }

    /// <summary>A field of the line that comes.</summary>
    public void Metadata(string name, string value)
    {
        if (LevelNames.Contains(name))
            _lineLevel ??= LogLevels.Of(value, lines.Integration);
        lines.Fields.Add(name, value);
    }

    /// <summary>Ends a line.</summary>
    public void Line(DateTimeOffset? at, string text)
    {
        foreach (var (name, value) in _fields)
            lines.Fields.Add(name, value);
        lines.Add(at, _labels, text, _lineLevel ?? _level);
        _lineLevel = null;
    }
}
