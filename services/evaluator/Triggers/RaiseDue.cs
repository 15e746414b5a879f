namespace Sigma.Evaluator.Triggers;

/// <summary>A count seems to have reached its threshold; the trigger looks again and decides.</summary>
/// <remarks>Public although nobody else's business: of a type that is not, MassTransit makes an exchange that a broker's restart forgets.</remarks>
public sealed record RaiseDue
{
    /// <summary>The trigger of the rule and key.</summary>
    public required Guid TriggerId { get; init; }

    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Source of the events.</summary>
    public required string Source { get; init; }

    /// <summary>The grouped labels with their values.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The first instant to look at, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The last instant to look at, UTC.</summary>
    public required DateTimeOffset To { get; init; }
}
