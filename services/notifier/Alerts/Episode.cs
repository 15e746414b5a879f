using Sigma.Contracts;

namespace Sigma.Notifier.Alerts;

/// <summary>An alert as it is stored. Until its raise has come, <see cref="RaisedAt"/> is null and the count is the threshold.</summary>
internal sealed record Episode
{
    public required Guid AlertId { get; init; }
    public required string Rule { get; init; }
    public required string Severity { get; init; }
    public required string Source { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public string Kind { get; init; } = RuleKind.Count;
    public string? Category { get; init; }
    public string? Summary { get; init; }
    public required int Count { get; init; }
    public required int Threshold { get; init; }
    public double? Value { get; init; }
    public double? Limit { get; init; }
    public string? Unit { get; init; }
    public string? Url { get; init; }
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
    public required DateTimeOffset WindowFrom { get; init; }
    public required DateTimeOffset WindowTo { get; init; }
    public DateTimeOffset? RaisedAt { get; init; }
    public DateTimeOffset? ClearedAt { get; init; }
    public int? ClearedCount { get; init; }

    public double? ClearedValue { get; init; }

    /// <summary>Whether events were counted: else count and threshold are 0, and the window is only since when it lasts.</summary>
    public bool IsCounted => Kind == RuleKind.Count;

    /// <summary>Why it ended, as the evaluator says.</summary>
    public string? ClearedReason { get; init; }

    /// <summary>When somebody took it on; null while nobody has.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who did.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Whether its rule went or changed: nobody has seen that the volume is normal.</summary>
    public bool EndedByRule => ClearedReason?.StartsWith("rule-", StringComparison.Ordinal) == true;

    /// <summary>Whether it is a drill's, and nothing of it may be in what other reports read.</summary>
    public bool IsDrill => Drill.Is(Source);

    /// <summary>The label's value; empty when the rule does not group by it.</summary>
    public string Label(string name) => Labels.GetValueOrDefault(name, "");
}
