namespace Sigma.Evaluator;

/// <summary>The queues the evaluator takes messages from.</summary>
public static class EvaluatorQueues
{
    /// <summary>Events, slice by slice.</summary>
    public const string EventBatches = "evaluator.event-batches";

    /// <summary>Occurrences whose events no longer count.</summary>
    public const string OccurrencesExcused = "evaluator.occurrences-excused";

    /// <summary>Signs of life.</summary>
    public const string Beats = "evaluator.beats";

    /// <summary>Measured values.</summary>
    public const string Samples = "evaluator.samples";

    /// <summary>What somebody else's monitoring says.</summary>
    public const string Conditions = "evaluator.conditions";

    /// <summary>Log lines.</summary>
    public const string Lines = "evaluator.logs";

    /// <summary>Up to when gateways have taken in all that came.</summary>
    public const string Intake = "evaluator.intake";

    /// <summary>What people do with alerts.</summary>
    public const string Commands = "evaluator.commands";

    /// <summary>Keys a trigger must look at.</summary>
    public const string Triggers = "evaluator.triggers";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [EventBatches, OccurrencesExcused, Beats, Samples, Conditions, Lines, Intake, Commands,
        Triggers];
}
