using MassTransit;

namespace Sigma.Evaluator.Triggers;

/// <summary>All seems to be normal again; the trigger looks and decides.</summary>
/// <remarks>Public for the reason <see cref="RaiseHint"/> is.</remarks>
[EntityName("Sigma.Evaluator.Triggers:ClearDue")]
[MessageUrn("Sigma.Evaluator.Triggers:ClearDue")]
public sealed record ClearHint
{
    /// <summary>The trigger of the rule and key.</summary>
    public required Guid TriggerId { get; init; }

    /// <summary>What is counted is covered up to here; UTC. Of no meaning where the rule is the reason.</summary>
    public required DateTimeOffset Through { get; init; }

    /// <summary><c>rule-removed</c>, <c>rule-changed</c>, or anything else when news or time is the reason.</summary>
    public required string Reason { get; init; }
}

/// <summary>Values of <c>AlertCleared.Reason</c>, and of a hint's.</summary>
internal static class ClearReason
{
    /// <summary>Of a hint alone: news or time is the reason, and the condition knows by what name.</summary>
    public const string News = "news";

    public const string VolumeNormal = "volume-normal";
    public const string ValueNormal = "value-normal";
    public const string NoData = "no-data";
    public const string HeardAgain = "heard-again";
    public const string Resolved = "resolved";
    public const string Expired = "expired";
    public const string Closed = "closed";
    public const string RuleRemoved = "rule-removed";
    public const string RuleChanged = "rule-changed";

    /// <summary>Whether an alert ends because its rule is not there any more.</summary>
    public static bool IsOfRule(string reason) => reason is RuleRemoved or RuleChanged;
}
