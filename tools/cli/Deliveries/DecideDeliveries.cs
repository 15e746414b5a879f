using System.CommandLine;

namespace Sigma.Cli.Deliveries;

/// <summary><c>sigma deliveries give-up</c> and <c>settle</c></summary>
internal static class DecideDeliveries
{
    public static Command GiveUp(TimeProvider time)
    {
        var (ids, by) = (Ids(), Person.By("gives them up, kept in the delivery's reason"));
        var command = new Command("give-up",
            """
            Has deliveries fail that wait, are held or are uncertain: nobody is told there of the alert, nor of its end. Safe while notifiers run:
            what is just being sent or is settled is left alone. Ends with 1 when one was.
            """) { ids, by };
        command.SetAction((typed, ct) => Decide(typed, typed.GetValue(ids)!, time,
            (deliveries, id) => deliveries.GiveUp(id, typed.GetValue(by)!, ct), "given up",
            "is settled, is just being sent, or is not there", ct));
        return command;
    }

    public static Command Settle(TimeProvider time)
    {
        var (ids, by) = (Ids(), Person.By("says so, kept in the delivery's reason"));
        var arrived = new Option<bool?>("--arrived") { Description = "true: somebody has it; false: nobody has", Required = true };
        var command = new Command("settle",
            "Says of deliveries that are uncertain whether they arrived. Who got the alert gets its end. Ends with 1 when one was not uncertain.")
        {
            ids, arrived, by,
        };
        command.SetAction((typed, ct) => Decide(typed, typed.GetValue(ids)!, time,
            (deliveries, id) => deliveries.Settle(id, typed.GetValue(arrived)!.Value, typed.GetValue(by)!, ct),
            typed.GetValue(arrived) == true ? "arrived" : "did not arrive", "is not uncertain, or is not there", ct));
        return command;
    }

    static async Task<int> Decide(ParseResult typed, Guid[] ids, TimeProvider time, Func<IDeliveries, Guid, Task<bool>> decide, string done,
        string otherwise, CancellationToken ct)
    {
        var screen = new Screen(typed);
        var deliveries = await Tracker.Deliveries(typed, time, ct);
        var all = true;
        foreach (var id in ids)
        {
            var decided = await decide(deliveries, id);
            all &= decided;
            screen.Line(new { deliveryId = id, decided }, $"{id} {(decided ? done : $"{otherwise}: left alone")}");
        }
        return all ? ExitCode.Ok : ExitCode.ProblemFound;
    }

    static Argument<Guid[]> Ids() => new("delivery") { Description = "Ids of the deliveries", Arity = ArgumentArity.OneOrMore };
}
