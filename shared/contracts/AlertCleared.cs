namespace Sigma.Contracts;

/// <summary>
/// The volume is normal again and the whole window is known: the episode ends. Published once per episode; a repeated delivery carries the same
/// <see cref="AlertId"/>.
/// </summary>
public sealed record AlertCleared
{
    /// <summary>Identity of the episode, as in its <see cref="AlertRaised"/>. No order between the two is promised to a subscriber.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Severity of the rule.</summary>
    public required string Severity { get; init; }

    /// <summary>Source of the counted events.</summary>
    public required string Source { get; init; }

    /// <summary>The labels the rule groups by, with their values.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Events left in the window.</summary>
    public required int Count { get; init; }

    /// <summary>The threshold that had been reached when the alert was raised.</summary>
    public required int Threshold { get; init; }

    /// <summary>Why it ended: <c>volume-normal</c>, <c>rule-removed</c> when its rule is no longer configured, or <c>rule-changed</c> when
    /// its rule groups or counts other events now.</summary>
    public required string Reason { get; init; }

    /// <summary>When the episode was raised, UTC.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it was cleared, UTC.</summary>
    public required DateTimeOffset ClearedAt { get; init; }
}
