using System.CommandLine;
using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Notifier.Queries;

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
            var settings = CliSettings.Load(typed);
            SilenceCommands silences = new(await DatabaseConnection.Open(settings, ct), time, settings.Configuration);
            var allEnded = true;
            foreach (var id in typed.GetValue(ids)!)
            {
                var setting = silences.SettingOf(id);
                var ended = setting is null && await silences.End(id, typed.GetValue(by)!, ct);
                screen.Line(new { silenceId = id, ended }, $"{id}: " + (ended ? "ended"
                    : setting is not null ? $"is {setting} of the settings, and can be ended there alone"
                    : "is over already, or there is none of this id"));
                allEnded &= ended;
            }
            return allEnded ? ExitCode.Ok : ExitCode.ProblemFound;
        });
        return end;
    }
}
