using System.CommandLine;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Cli.Deliveries;

/// <summary><c>sigma deliveries retry</c></summary>
internal static class RetryDeliveries
{
    public static Command Create(TimeProvider time)
    {
        var ids = new Option<Guid[]>("--id")
            { Description = "The delivery with this id, or those of the alert with this id; may be repeated", HelpName = "id" };
        var all = new Option<bool>("--all") { Description = "All that are in the state named with --state" };
        var states = DeliveriesCommand.State("Only in this state", DeliveryState.Failed, DeliveryState.Uncertain);
        var channel = DeliveriesCommand.Channel();
        var by = Person.By("has it sent again, kept in the delivery's reason");
        var command = new Command("retry",
            """
            Has deliveries sent again that failed for good, or of which it is not known whether they went out: those may be heard twice. They are due
            at once and are tried for as long as new ones; the next sweep of a notifier takes them, which is within Notifier__Deliveries__SweepEvery
            (a minute), 200 each time. Safe while notifiers run: what waits, is being sent or was sent is left alone. Ends with 1 when there was none,
            or one that was named is in another state.
            """)
        {
            ids, all, states, channel, by,
        };
        command.Validators.Add(typed =>
        {
            if (typed.GetValue(ids) is { Length: > 0 } == typed.GetValue(all))
                typed.AddError("Say either --id or --all.");
            else if (typed.GetValue(all) && typed.GetValue(states) is not { Length: > 0 })
                typed.AddError("With --all say which: --state failed, --state uncertain or both.");
        });
        command.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            IReadOnlyCollection<DeliveryState> wanted = DeliveriesCommand.Named(typed, states) is { Count: > 0 } named
                ? named : [DeliveryState.Failed, DeliveryState.Uncertain];
            var deliveries = await Tracker.Deliveries(typed, time, ct);
            var found = await deliveries.Find(typed.GetValue(all) ? wanted : [], typed.GetValue(channel), typed.GetValue(ids)!, int.MaxValue, ct);
            var retried = 0;
            var others = 0;
            foreach (var delivery in found)
            {
                var isWanted = wanted.Contains(delivery.State);
                if (isWanted && await deliveries.Retry(delivery, typed.GetValue(by)!, ct))
                {
                    retried++;
                    screen.Line(new { deliveryId = delivery.Id, alertId = delivery.AlertId, kind = delivery.Kind, channel = delivery.Channel,
                        was = delivery.State.Stored() },
                        $"{delivery.Id} was {delivery.State.Stored()} and is due again: alert {delivery.AlertId} {delivery.Kind} on "
                            + $"{delivery.Channel}");
                    continue;
                }
                others += typed.GetValue(ids)!.Contains(delivery.Id) ? 1 : 0;
                screen.Say(isWanted
                    ? $"{delivery.Id} was taken up meanwhile: left alone" : $"{delivery.Id} is {delivery.State.Stored()}: left alone");
            }
            var missing = typed.GetValue(ids)!.Where(id => !found.Any(d => d.Id == id || d.AlertId == id)).ToList();
            foreach (var id in missing)
                screen.Say($"There is no delivery and no alert {id}{(typed.GetValue(channel) is { } only ? $" on {only}" : "")}.");
            var taken = deliveries.TakenWithin(Math.Max(1, retried)) is { } length ? $"within {Screen.Span(length)}" : "soon";
            screen.Say(retried == 0 ? "Nothing is sent again."
                : $"{Screen.Number(retried)} {(retried == 1 ? "delivery is" : "deliveries are")} due again. A notifier that runs takes "
                    + $"{(retried == 1 ? "it" : "them")} {taken}.");
            return retried == 0 || others > 0 || missing.Count > 0 ? ExitCode.ProblemFound : ExitCode.Ok;
        });
        return command;
    }
}
