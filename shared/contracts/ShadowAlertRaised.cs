namespace Sigma.Contracts;

/// <summary>A rule in the shadow has found what it looks for. Nobody is told: whoever tries out the rule looks.</summary>
public sealed record ShadowAlertRaised
{
    /// <summary>What would have been said.</summary>
    public required AlertRaised Alert { get; init; }
}

/// <summary>What a rule in the shadow had found is over, or the rule is not in the shadow any more.</summary>
public sealed record ShadowAlertCleared
{
    /// <summary>What would have been said.</summary>
    public required AlertCleared Alert { get; init; }
}
