using System.CommandLine;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Cli.Deliveries;

/// <summary><c>sigma deliveries</c>: what is to be said of alerts, and how far that has come.</summary>
internal static class DeliveriesCommand
{
    public static Command Create(TimeProvider time) =>
        new("deliveries", "What is or was to be said of alerts, on each channel: look at it, have it sent again, or say what became of it.")
        {
            ListDeliveries.Create(time), RetryDeliveries.Create(time), DecideDeliveries.GiveUp(time), DecideDeliveries.Settle(time),
        };

    /// <summary>All states, those that are not settled first.</summary>
    public static readonly DeliveryState[] States =
    [
        DeliveryState.Pending, DeliveryState.Waiting, DeliveryState.Sending, DeliveryState.Held, DeliveryState.Failed,
        DeliveryState.Uncertain, DeliveryState.Sent, DeliveryState.Merged, DeliveryState.Skipped,
    ];

    public static Option<string[]> State(string description, params DeliveryState[] states)
    {
        string[] names = [.. states.Select(state => state.Stored())];
        var option = new Option<string[]>("--state")
            { Description = $"{description}: {string.Join(", ", names)}; may be repeated", HelpName = "state" };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    /// <summary>Those that were typed.</summary>
    public static IReadOnlyCollection<DeliveryState> Named(ParseResult typed, Option<string[]> states) =>
        [.. (typed.GetValue(states) ?? []).Select(StoredName.Parse<DeliveryState>)];

    public static Option<string?> Channel() => new("--channel")
    {
        Description = "Only on this channel, by the name of its integration; without receivers in the settings whatsapp or segware-alarm-event",
        HelpName = "channel",
    };
}
