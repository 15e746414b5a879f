using System.CommandLine;

namespace Sigma.Cli.Intake;

/// <summary><c>sigma intake show</c></summary>
internal static class ShowIntake
{
    public static Command Create()
    {
        var number = IntakeCommand.Number();
        var show = new Command("show", "A delivery as it came: headers without secrets, the body, and what was understood.") { number };
        show.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            if (await (await Tracker.Intake(typed, ct)).Find(typed.GetValue(number), ct) is not { Delivery: var delivery } found)
            {
                screen.Say($"There is no delivery {typed.GetValue(number)}; bodies are kept for some days.");
                return ExitCode.ProblemFound;
            }
            if (screen.Json)
                screen.Line(json => ListIntake.Write(json, delivery, more =>
                {
                    more.WriteStartObject("headers");
                    foreach (var (name, value) in found.Headers)
                        more.WriteString(name, value);
                    more.WriteEndObject();
                    more.WriteString("body", found.Body);
                }));
            else
            {
                screen.Line($"{delivery.Number}: {delivery.Via} of {Screen.OneLine(delivery.Integration)}, "
                    + $"{Screen.Time(delivery.ReceivedAt)} UTC, {delivery.State}: {Screen.OneLine(delivery.Says)}");
                foreach (var (name, value) in found.Headers)
                    screen.Line(Screen.OneLine($"{name}: {value}"));
                screen.Line("");
                screen.Line(Screen.Harmless(found.Body));
            }
            return ExitCode.Ok;
        });
        return show;
    }
}
