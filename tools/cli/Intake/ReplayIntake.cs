using System.CommandLine;

namespace Sigma.Cli.Intake;

/// <summary><c>sigma intake replay</c></summary>
internal static class ReplayIntake
{
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
            var (screen, id) = (new Screen(typed), typed.GetValue(number));
            switch (await (await Tracker.Intake(typed, ct)).Replay(id, ct))
            {
                case null:
                    screen.Say($"There is no delivery {id}; bodies are kept for some days.");
                    return ExitCode.ProblemFound;
                case { State: "replay" }:
                    screen.Say("No gateway has read it yet; the first that runs will.");
                    return ExitCode.ProblemFound;
                case { } done:
                    screen.Line(new { number = id, state = done.State, reason = done.Reason, items = done.Items },
                        $"{id} is {done.State}: {Screen.OneLine(done.Says)}");
                    return done.State == "kept" ? ExitCode.Ok : ExitCode.ProblemFound;
            }
        });
        return replay;
    }
}
