namespace Sigma.Contracts;

/// <summary>
/// A count reached its threshold: an episode begins. Published once per episode; a repeated delivery carries the same <see cref="AlertId"/>.
/// </summary>
public sealed record AlertRaised
{
    /// <summary>Identity of the episode, shared by its <see cref="AlertCleared"/>.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Name of the rule that was broken.</summary>
    public required string Rule { get; init; }

    /// <summary>Severity as the rule's configuration says, for example <c>warning</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>Source of the counted events.</summary>
    public required string Source { get; init; }

    /// <summary>The labels the rule groups by, with their values.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Events counted in the window.</summary>
    public required int Count { get; init; }

    /// <summary>The threshold that was reached, overrides applied.</summary>
    public required int Threshold { get; init; }

    /// <summary>Start of the counted window, UTC, exclusive.</summary>
    public required DateTimeOffset WindowFrom { get; init; }

    /// <summary>End of the counted window, UTC, inclusive: the time of the event that filled it.</summary>
    public required DateTimeOffset WindowTo { get; init; }

    /// <summary>The oldest counted event, UTC.</summary>
    public required DateTimeOffset FirstEventAt { get; init; }

    /// <summary>The newest counted event, UTC.</summary>
    public required DateTimeOffset LastEventAt { get; init; }

    /// <summary>When the alert was raised, UTC.</summary>
    public required DateTimeOffset RaisedAt { get; init; }
}
