using System.CommandLine;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Cli.Deliveries;

/// <summary><c>sigma deliveries list</c></summary>
internal static class ListDeliveries
{
    public static Command Create(TimeProvider time)
    {
        var states = DeliveriesCommand.State("Only in this state", DeliveriesCommand.States);
        var channel = DeliveriesCommand.Channel();
        var alert = new Option<Guid?>("--alert") { Description = "Only of the alert with this id, in whatever state", HelpName = "id" };
        var limit = new Option<int>("--limit") { Description = "Deliveries shown", HelpName = "number", DefaultValueFactory = _ => 50 };
        limit.Validators.Add(typed =>
        {
            if (typed.GetValueOrDefault<int>() is < 1 or > 100_000)
                typed.AddError("--limit must be between 1 and 100000.");
        });
        var list = new Command("list",
            "Deliveries, the newest first: by default those that wait (pending, waiting, sending, held) and those that a person must look at "
                + "(failed, uncertain). Only reads. Ends with 1 when there is none.")
        {
            states, channel, alert, limit,
        };
        list.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            IReadOnlyCollection<DeliveryState> asked = DeliveriesCommand.Named(typed, states) is { Count: > 0 } named
                ? named : typed.GetValue(alert) is null ? DeliveriesCommand.States[..6] : [];
            var most = typed.GetValue(limit);
            var deliveries = await Tracker.Deliveries(typed, time, ct);
            var found = await deliveries.Find(asked, typed.GetValue(channel), typed.GetValue(alert) is { } id ? [id] : [], most + 1, ct);
            var recipients = await deliveries.Recipients(ct);
            foreach (var delivery in found.Take(most))
                Print(screen, delivery, recipients.GetValueOrDefault(delivery.Channel), time.GetUtcNow());
            if (found.Count == 0)
                screen.Say("There is no such delivery.");
            if (found.Count > most)
                screen.Say($"These are the newest {most}; --limit shows more.");
            return found.Count == 0 ? ExitCode.ProblemFound : ExitCode.Ok;
        });
        return list;
    }

    static void Print(Screen screen, KnownDelivery delivery, string? recipient, DateTimeOffset now)
    {
        var waits = delivery.State is DeliveryState.Pending or DeliveryState.Waiting or DeliveryState.Held;
        if (screen.Json)
        {
            screen.Line(new
            {
                deliveryId = delivery.Id, alertId = delivery.AlertId, kind = delivery.Kind, channel = delivery.Channel, recipient,
                state = delivery.State.Stored(), tries = delivery.Attempts,
                reason = delivery.Reason, receipt = delivery.Receipt, created = delivery.CreatedAt,
                nextTry = waits ? delivery.DueAt : (DateTimeOffset?)null,
                settled = delivery.SettledAt, rule = delivery.Rule, account = delivery.AccountCode, labels = delivery.Labels,
            });
            return;
        }
        var to = recipient is null ? "" : $" to {Screen.OneLine(recipient)}";
        screen.Line($"{delivery.Id}  {delivery.State.Stored()}");
        Field(screen, "alert", $"{delivery.AlertId} {Screen.OneLine(delivery.Kind)}, {Screen.Span(now - delivery.CreatedAt)} ago");
        Field(screen,
            "about", $"{(delivery.AccountCode is { Length: > 0 } code ? $"account {Screen.OneLine(code)}: " : "")}{Screen.Labels(delivery.Labels)}");
        var tries = delivery.Attempts == 1 ? "1 try" : $"{delivery.Attempts} tries";
        var next = waits ? $", next {Screen.Time(delivery.DueAt)}" : "";
        Field(screen, "channel", $"{Screen.OneLine(delivery.Channel)}{to}, {tries}{next}");
        Field(screen, "reason", delivery.Reason is { } reason ? Screen.OneLine(reason) : "");
        Field(screen, "receipt", delivery.Receipt is { } receipt ? Screen.OneLine(receipt) : "");
        screen.Line("");
    }

    static void Field(Screen screen, string name, string value)
    {
        if (value.Length > 0)
            screen.Line($"  {name,-8}  {value}");
    }
}
