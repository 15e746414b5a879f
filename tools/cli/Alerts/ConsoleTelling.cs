using Sigma.Cli.Consoles;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;
using Sigma.OperatorConsole.Services;
using Sigma.Storage;

namespace Sigma.Cli.Alerts;

/// <summary>What a console says of telling, as the notifier's own queries say it.</summary>
internal static class ConsoleTelling
{
    public static TellingOfAlert Of(OperatorConsole.Services.AlertTelling told, ConsoleApi console) => new(told.Rule, told.Labels,
        told.RaisedAt?.ToUnixTimeMilliseconds(), told.ClearedAt?.ToUnixTimeMilliseconds(), [.. told.Decisions.Select(Of)],
        [.. told.Deliveries.Select(delivery => Of(delivery, told.AlertId, console))], [.. told.Runs.Select(Of)]);

    static PastDecision Of(TellingDecision decision) => new()
    {
        DecidedAt = decision.At.ToUnixTimeMilliseconds(), Kind = decision.Kind, Channel = decision.Channel, Reason = decision.Reason,
    };

    static PastDelivery Of(Delivery delivery, Guid alert, ConsoleApi console) => new()
    {
        Id = delivery.Id, AlertId = alert, Kind = delivery.Kind, Channel = delivery.Channel, State = console.StateOf(delivery.State),
        Attempts = delivery.Attempts, Reason = delivery.Reason, DueAt = delivery.DueAt.ToUnixTimeMilliseconds(),
        CreatedAt = delivery.CreatedAt.ToUnixTimeMilliseconds(), SettledAt = delivery.SettledAt?.ToUnixTimeMilliseconds(),
    };

    static PastRun Of(FlowRun run) => new()
    {
        Channel = run.Channel, Url = run.Url, State = run.State, StateName = run.StateName, Message = run.Message,
        StartedAt = run.StartedAt.ToUnixTimeMilliseconds(), EndedAt = run.EndedAt?.ToUnixTimeMilliseconds(),
    };

    /// <summary>A state of a delivery by its word.</summary>
    public static DeliveryState StateOf(this ConsoleApi console, string said) =>
        Enum.GetValues<DeliveryState>().Where(state => state.Stored() == said).ToList() is [var known]
            ? known : throw console.Strange($"a delivery is {said}");
}
