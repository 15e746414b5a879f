using MassTransit;

namespace Sigma.Evaluator.Triggers;

/// <summary>There is news of a key that is raised, and nobody was told of it for a minute; the trigger looks at what is new.</summary>
/// <remarks>Public for the reason <see cref="RaiseHint"/> is.</remarks>
[EntityName("Sigma.Evaluator.Triggers:UpdateDue")]
[MessageUrn("Sigma.Evaluator.Triggers:UpdateDue")]
public sealed record UpdateHint
{
    /// <summary>The trigger of the rule and key.</summary>
    public required Guid TriggerId { get; init; }

    /// <summary>The first instant to look at, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The last instant to look at, UTC.</summary>
    public required DateTimeOffset To { get; init; }
}
