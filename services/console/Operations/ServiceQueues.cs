namespace Sigma.OperatorConsole.Operations;

/// <summary>
/// The queues of all services, so that they are shown also while none of these runs. A test compares them with what the services declare.
/// </summary>
public static class ServiceQueues
{
    const string Error = "_error", Skipped = "_skipped";

    /// <summary>Those of the work.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "evaluator.event-batches", "evaluator.occurrences-excused", "evaluator.beats", "evaluator.samples", "evaluator.conditions",
        "evaluator.intake", "evaluator.logs", "evaluator.commands", "evaluator.triggers", "notifier.alerts", "notifier.coverage",
        "notifier.escalations", "notifier.updates", "notifier.whatsapp", "notifier.segware-alarm-event", "notifier.webhook", "notifier.slack",
        "notifier.pagerduty", "notifier.telegram", "notifier.teams", "notifier.email", "notifier.twilio-sms", "notifier.twilio-whatsapp",
        "notifier.prefect", "archive.logs", "archive.samples", "archive.beats", .. ConsoleQueues.All,
    ];

    /// <summary>Where the messages of a queue lie that could not be digested, or that nobody in it knows.</summary>
    public static IReadOnlyList<string> ErrorsOf(string queue) => [queue + Error, queue + Skipped];

    /// <summary>The queue that the messages of an error queue came from; null when it is none of ours.</summary>
    public static string? OriginOf(string errors) => All.FirstOrDefault(queue => errors == queue + Error || errors == queue + Skipped);
}
