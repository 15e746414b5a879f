using MassTransit;

namespace Sigma.Evaluator.Triggers;

/// <summary>The volume seems to be normal again; the trigger counts again and decides.</summary>
/// <remarks>Public for the reason <see cref="RaiseHint"/> is.</remarks>
[EntityName("Sigma.Evaluator.Triggers:ClearDue")]
[MessageUrn("Sigma.Evaluator.Triggers:ClearDue")]
public sealed record ClearHint
{
    /// <summary>The trigger of the rule and key.</summary>
    public required Guid TriggerId { get; init; }

    /// <summary>The window that ends here is covered; UTC. Of no meaning where the rule is the reason.</summary>
    public required DateTimeOffset Through { get; init; }

    /// <summary><c>volume-normal</c>, <c>rule-removed</c> or <c>rule-changed</c>.</summary>
    public required string Reason { get; init; }
}

/// <summary>Values of <c>AlertCleared.Reason</c>.</summary>
internal static class ClearReason
{
    public const string VolumeNormal = "volume-normal";
    public const string RuleRemoved = "rule-removed";
    public const string RuleChanged = "rule-changed";
}
