namespace Sigma.Contracts;

/// <summary>
/// People changed rules, and an evaluator judges by them now. Every evaluator says so, so it comes more than once; the revision only grows.
/// </summary>
public sealed record RulesChanged
{
    /// <summary>The number of the last change of the rule book that is in force.</summary>
    public required long Revision { get; init; }

    /// <summary>Names of all rules that are judged now.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset InForceAt { get; init; }
}
