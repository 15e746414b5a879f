namespace Sigma.Evaluator.Triggers;

/// <summary>A count seems to have reached its threshold; the trigger looks again and decides.</summary>
internal sealed record RaiseDue
{
    public required Guid TriggerId { get; init; }
    public required string Rule { get; init; }
    public required string Source { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The instants to look at, both included.</summary>
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
}
