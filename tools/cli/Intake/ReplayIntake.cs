using System.CommandLine;
using System.Diagnostics;

namespace Sigma.Cli.Intake;

/// <summary><c>sigma intake replay</c></summary>
internal static class ReplayIntake
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Look = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var number = IntakeCommand.Number();
        var replay = new Command("replay",
            """
            Has a gateway read a delivery again, as the integration is now. What is understood is told as of the time it came: what is known newer
            stays, and what was raised is not raised again. Ends with 1 when it is still not understood.
            """) { number };
        replay.SetAction(async (typed, ct) =>
        {
            var (screen, query, id) = (new Screen(typed), await IntakeCommand.Query(typed, ct), typed.GetValue(number));
            if (!await query.OrderReplay(id, ct))
            {
                screen.Say($"There is no delivery {id}; bodies are kept for some days.");
                return ExitCode.ProblemFound;
            }
            for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Patience; await Task.Delay(Look, ct))
                if (await query.Find(id, ct) is { Delivery: { State: not "replay" } done })
                {
                    screen.Line(new { number = id, state = done.State, reason = done.Reason, items = done.Items },
                        $"{id} is {done.State}: {Screen.OneLine(ListIntake.Says(done))}");
                    return done.State == "kept" ? ExitCode.Ok : ExitCode.ProblemFound;
                }
            screen.Say("No gateway has read it yet; the first that runs will.");
            return ExitCode.ProblemFound;
        });
        return replay;
    }
}
