namespace Sigma.Evaluator.Triggers;

/// <summary>The volume seems to be normal again; the trigger looks again and decides.</summary>
internal sealed record ClearDue
{
    public required Guid TriggerId { get; init; }

    /// <summary>The window that ends here is covered.</summary>
    public required DateTimeOffset Through { get; init; }

    /// <summary>See <see cref="ClearReason"/>.</summary>
    public required string Reason { get; init; }
}

/// <summary>Values of <c>AlertCleared.Reason</c>.</summary>
internal static class ClearReason
{
    public const string VolumeNormal = "volume-normal";
    public const string RuleRemoved = "rule-removed";
}
