namespace Sigma.Notifier.Escalation;

/// <summary>Who else is told of an alert that nobody takes on.</summary>
internal sealed class EscalationPolicy(EscalationOptions options)
{
    public string Name => options.Name;

    /// <summary>All steps, the repeated ones too.</summary>
    public IReadOnlyList<EscalationStep> Steps { get; } =
        [.. from _ in Enumerable.Range(0, options.Repeat + 1)
            from step in options.Steps
            select new EscalationStep(step.After, step.Receiver)];
}

/// <summary>So long after the step before it, this receiver is told.</summary>
internal sealed record EscalationStep(TimeSpan After, string Receiver);
