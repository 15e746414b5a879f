using System.CommandLine;
using System.Text;

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
            if (await (await IntakeCommand.Query(typed, ct)).Find(typed.GetValue(number), ct) is not { } found)
            {
                screen.Say($"There is no delivery {typed.GetValue(number)}; bodies are kept for some days.");
                return ExitCode.ProblemFound;
            }
            var body = Encoding.UTF8.GetString(found.Body);
            if (screen.Json)
                screen.Line(json => ListIntake.Write(json, found.Delivery, more =>
                {
                    more.WriteStartObject("headers");
                    foreach (var (name, value) in found.Headers)
                        more.WriteString(name, value);
                    more.WriteEndObject();
                    more.WriteString("body", body);
                }));
            else
            {
                screen.Line($"{found.Delivery.Id}: {found.Delivery.Via} of {Screen.OneLine(found.Delivery.Integration)}, "
                    + $"{Screen.Time(found.Delivery.ReceivedAt)} UTC, {found.Delivery.State}: {Screen.OneLine(ListIntake.Says(found.Delivery))}");
                foreach (var (name, value) in found.Headers)
                    screen.Line(Screen.OneLine($"{name}: {value}"));
                screen.Line("");
                screen.Line(Screen.Harmless(body));
            }
            return ExitCode.Ok;
        });
        return show;
    }
}
