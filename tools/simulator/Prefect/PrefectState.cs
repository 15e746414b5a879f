namespace Sigma.Simulator.Prefect;

/// <summary>A state of a flow run.</summary>
/// <param name="Type">What to decide by: SCHEDULED, PENDING, RUNNING, PAUSED, CANCELLING, COMPLETED, FAILED, CANCELLED or CRASHED.</param>
/// <param name="Name">Free text, as Late or AwaitingRetry.</param>
/// <param name="Message">What a person reads.</param>
/// <param name="At">Since when.</param>
public sealed record PrefectState(string Type, string Name, string? Message, DateTimeOffset At)
{
    internal static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["SCHEDULED"] = "Scheduled", ["PENDING"] = "Pending", ["RUNNING"] = "Running", ["PAUSED"] = "Paused", ["CANCELLING"] = "Cancelling",
        ["COMPLETED"] = "Completed", ["FAILED"] = "Failed", ["CANCELLED"] = "Cancelled", ["CRASHED"] = "Crashed",
    };

    internal bool IsFinal => Type is "COMPLETED" or "FAILED" or "CANCELLED" or "CRASHED";

    internal static PrefectState Of(string type, DateTimeOffset at, string? name = null, string? message = null) =>
        new(type, name ?? Names[type], message, at);
}
