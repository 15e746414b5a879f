using System.CommandLine;
using Sigma.Cli.Settings;

namespace Sigma.Cli.Doctor;

/// <summary><c>sigma doctor</c></summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var doctor = new Command("doctor",
            """
            Looks at everything the tracker needs, and says what is wrong and what to do: settings, broker, queues, database, Segware, ChatPro, the
            vendors of other channels, the routes that people made, and whether the source is being watched. All at once, each for 15 seconds at
            most. It changes nothing and sends nobody a message; Segware gets one call for a second of events, ChatPro one for its status, the others
            one that tells nobody anything. Ends with 1 when anything is wrong.
            """);
        doctor.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var settings = CliSettings.Load(typed);
            await using var services = ConfiguredServices.Of(settings);
            IDoctorCheck[] all =
            [
                new SettingsDoctorCheck(settings, services), new BrokerDoctorCheck(settings), new DatabaseDoctorCheck(settings),
                new SegwareDoctorCheck(services), new ChatProDoctorCheck(services), new ChannelsDoctorCheck(services),
                new RoutesDoctorCheck(settings), new CoverageDoctorCheck(settings, services),
            ];
            var wrong = 0;
            foreach (var running in all.Select(examination => Findings.Of(examination, ct)).ToList())
                foreach (var finding in await running)
                {
                    wrong += finding.State is FindingState.Wrong ? 1 : 0;
                    Print(screen, finding);
                }
            screen.Say(wrong switch { 0 => "All is well.", 1 => "One thing is wrong.", _ => $"{wrong} things are wrong." });
            return wrong == 0 ? ExitCode.Ok : ExitCode.ProblemFound;
        });
        return doctor;
    }

    static void Print(Screen screen, Finding found)
    {
        var mark = found.State switch { FindingState.Ok => "ok", FindingState.DoesNotApply => "n/a", FindingState.Wrong => "WRONG", _ => "?" };
        var advice = found.Advice is null ? "" : $" {found.Advice}";
        screen.Line(new
        {
            check = found.Check, ok = found.State is FindingState.Ok or FindingState.DoesNotApply,
            applies = found.State is FindingState.DoesNotApply ? false : (bool?)null,
            detail = found.Detail, advice = found.Advice, tookMs = (long)found.Took.TotalMilliseconds,
        }, $"{mark,-5}  {found.Check,-14}  {found.Detail}{(found.State is FindingState.Wrong ? "." : "")}{advice}");
    }
}
