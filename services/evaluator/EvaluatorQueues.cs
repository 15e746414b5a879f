namespace Sigma.Evaluator;

/// <summary>The queues the evaluator takes messages from.</summary>
public static class EvaluatorQueues
{
    /// <summary>Events, slice by slice.</summary>
    public const string EventBatches = "evaluator.event-batches";

    /// <summary>Occurrences whose events no longer count.</summary>
    public const string OccurrencesExcused = "evaluator.occurrences-excused";

    /// <summary>Keys a trigger must look at.</summary>
    public const string Triggers = "evaluator.triggers";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [EventBatches, OccurrencesExcused, Triggers];
}
