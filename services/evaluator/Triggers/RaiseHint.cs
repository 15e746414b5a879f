using MassTransit;

namespace Sigma.Evaluator.Triggers;

/// <summary>Something seems to be wrong with a key; the trigger looks and decides.</summary>
/// <remarks>Public, although internal by purpose: MassTransit makes the exchange of a type that is not public non-durable.</remarks>
[EntityName("Sigma.Evaluator.Triggers:RaiseDue")]
[MessageUrn("Sigma.Evaluator.Triggers:RaiseDue")]
public sealed record RaiseHint
{
    /// <summary>The trigger of the rule and key.</summary>
    public required Guid TriggerId { get; init; }

    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Source of the news.</summary>
    public required string Source { get; init; }

    /// <summary>The grouped labels with their values.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The first instant to look at, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The last instant to look at, UTC.</summary>
    public required DateTimeOffset To { get; init; }
}
