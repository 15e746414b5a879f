using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>What was or is to be said of an episode, in a sentence.</summary>
internal static class DeliveryText
{
    public static string Of(PastDelivery delivery, LocalTimes local)
    {
        var tries = delivery.Attempts switch { 0 => "", 1 => " after 1 try", var number => $" after {number:#,0} tries" };
        var reason = delivery.Reason is { } why ? $": {Screen.OneLine(why)}" : "";
        var state = delivery.State switch
        {
            DeliveryState.Pending or DeliveryState.Waiting =>
                $"waits since {local.Show(delivery.CreatedAt)}{tries}, due {local.Show(delivery.DueAt)}",
            DeliveryState.Sending => $"is being sent{tries}",
            DeliveryState.Held => $"is held since {local.Show(delivery.CreatedAt)}, looked at again {local.Show(delivery.DueAt)}",
            _ => $"{delivery.State.Stored()}{(delivery.SettledAt is { } at ? $" {local.Show(at)}" : "")}{tries}",
        };
        return $"{Screen.OneLine(delivery.Channel)}, {delivery.Kind}: {state}{reason}";
    }
}

/// <summary>A run that was started for an episode, in a sentence.</summary>
internal static class RunText
{
    public static string Of(PastRun run, LocalTimes local)
    {
        var state = run.State is null ? "not asked about yet" : Screen.OneLine(run.StateName is { } name && !name.Equals(run.State,
            StringComparison.OrdinalIgnoreCase) ? $"{name} ({run.State})" : run.State);
        var seen = run.SeenAt is { } at ? $" {local.Show(at)}" : "";
        return $"{Screen.OneLine(run.Channel)}, run started {local.Show(run.StartedAt)}: {state}{seen}"
            + $"{(run.Message is { Length: > 0 } message ? $", {Screen.OneLine(message)}" : "")}: {Screen.OneLine(run.Url)}";
    }

    public static object Json(PastRun run) => new
    {
        kind = "run", channel = run.Channel, url = run.Url, state = run.State, stateName = run.StateName, message = run.Message,
        startedAt = run.StartedAt.ToTime(), seenAt = run.SeenAt?.ToTime(), endedAt = run.EndedAt?.ToTime(),
    };
}

/// <summary>What was decided about telling of an episode, in a sentence.</summary>
internal static class DecisionText
{
    public static string Of(PastDecision decision, LocalTimes local)
    {
        var channel = decision.Channel is { } name ? $" {Screen.OneLine(name)}" : "";
        return $"{decision.Kind}{channel} {local.Show(decision.DecidedAt)}: {Screen.OneLine(decision.Reason)}";
    }
}
