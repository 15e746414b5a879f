using System.CommandLine;

namespace Sigma.Cli.Silences;

/// <summary><c>sigma silences end</c></summary>
internal static class EndSilence
{
    public static Command Create(TimeProvider time)
    {
        var ids = new Argument<Guid[]>("silence") { Description = "Ids of the silences", Arity = ArgumentArity.OneOrMore };
        var by = SilencesCommand.By();
        var end = new Command("end",
            "Ends silences before their time: what they hold and lasts still is told within seconds. Ends with 1 when one is over already.")
        {
            ids, by,
        };
        end.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var silences = await Tracker.Silences(typed, time, ct);
            var allEnded = true;
            foreach (var id in typed.GetValue(ids)!)
            {
                var fault = await silences.End(id, typed.GetValue(by)!, ct);
                screen.Line(new { silenceId = id, ended = fault is null }, $"{id}: {Screen.OneLine(fault ?? "ended")}");
                allEnded &= fault is null;
            }
            return allEnded ? ExitCode.Ok : ExitCode.ProblemFound;
        });
        return end;
    }
}
