namespace Sigma.Contracts;

/// <summary>
/// All is normal again and nothing is unknown: the episode ends. Published once per episode; a repeated delivery carries the same
/// <see cref="AlertId"/>.
/// </summary>
public sealed record AlertCleared
{
    /// <summary>Identity of the episode, as in its <see cref="AlertRaised"/>. No order between the two is promised to a subscriber.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public string Kind { get; init; } = RuleKind.Count;

    /// <summary>Severity of the rule.</summary>
    public required string Severity { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public string? Category { get; init; }

    /// <summary>Source of the news it was judged by.</summary>
    public required string Source { get; init; }

    /// <summary>The labels the rule groups by, with their values.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public string? Summary { get; init; }

    /// <summary>Events left in the window; always there for kind <c>count</c>, null for the others.</summary>
    public int? Count { get; init; }

    /// <summary>The threshold that had been reached when the alert was raised; always there for kind <c>count</c>, null for the others.</summary>
    public int? Threshold { get; init; }

    /// <summary>What is measured now: events, the sample's value; null when nothing is.</summary>
    public double? Value { get; init; }

    /// <summary>What <see cref="Value"/> had been compared with, as in its <see cref="AlertRaised"/>.</summary>
    public double? Limit { get; init; }

    /// <summary>Unit of both.</summary>
    public string? Unit { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// Why it ended: <c>volume-normal</c> (count), <c>value-normal</c> (threshold), <c>heard-again</c> (absence), <c>resolved</c> or <c>expired</c>
    /// (external), <c>no-data</c> (threshold, where its rule says so), <c>rule-removed</c> when its rule is no longer configured,
    /// <c>rule-changed</c> when its rule groups or watches other news now, or <c>closed</c> when a person ended it.
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>Who ended it, when a person did; else null.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>What that person said; else null.</summary>
    public string? Comment { get; init; }

    /// <summary>When the episode was raised, UTC.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it was cleared, UTC.</summary>
    public required DateTimeOffset ClearedAt { get; init; }
}
