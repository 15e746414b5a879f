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
    public required int Count { get; init; }
    public required int Threshold { get; init; }
    public required DateTimeOffset WindowFrom { get; init; }
    public required DateTimeOffset WindowTo { get; init; }
    public DateTimeOffset? RaisedAt { get; init; }
    public DateTimeOffset? ClearedAt { get; init; }
    public int? ClearedCount { get; init; }

    /// <summary>Why it ended, as the evaluator says.</summary>
    public string? ClearedReason { get; init; }

    /// <summary>Whether its rule went or changed: nobody has seen that the volume is normal.</summary>
    public bool EndedByRule => ClearedReason?.StartsWith("rule-", StringComparison.Ordinal) == true;

    /// <summary>Whether it is a drill's, and nothing of it may be in what other reports read.</summary>
    public bool IsDrill => Drill.Is(Source);

    /// <summary>The label's value; empty when the rule does not group by it.</summary>
    public string Label(string name) => Labels.GetValueOrDefault(name, "");
}
