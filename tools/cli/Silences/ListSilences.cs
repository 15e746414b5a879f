using System.CommandLine;
using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Notifier.Queries;

namespace Sigma.Cli.Silences;

/// <summary><c>sigma silences list</c></summary>
internal static class ListSilences
{
    const int Most = 500;

    public static Command Create(TimeProvider time)
    {
        var all = new Option<bool>("--all") { Description = "Also those that are over or were ended" };
        var list = new Command("list", "The silences that last or are to begin, the newest first. Ends with 1 when there is none.") { all };
        list.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            SilenceCommands silences = new(await DatabaseConnection.Open(CliSettings.Load(typed), ct), time);
            var found = await silences.All(typed.GetValue(all), Most, ct);
            foreach (var silence in found)
                Print(screen, silence);
            if (found.Count == 0)
                screen.Say("There is no silence.");
            return found.Count == 0 ? ExitCode.ProblemFound : ExitCode.Ok;
        });
        return list;
    }

    static void Print(Screen screen, FoundSilence silence)
    {
        if (screen.Json)
        {
            screen.Line(new
            {
                silenceId = silence.Id, state = silence.State, matchers = silence.Matchers, from = silence.From, until = silence.Until,
                by = silence.By, why = silence.Why, endedAt = silence.EndedAt, endedBy = silence.EndedBy,
            });
            return;
        }
        screen.Line($"{silence.Id}  {silence.State}");
        screen.Line($"  alerts    {string.Join(", ", silence.Matchers.Select(Screen.OneLine))}");
        screen.Line($"  lasts     {SilencesCommand.Time(silence.From)} to {SilencesCommand.Time(silence.Until)}");
        screen.Line($"  by        {Screen.OneLine(silence.By)}: {Screen.OneLine(silence.Why)}");
        if (silence.EndedAt is { } ended)
            screen.Line($"  ended     {SilencesCommand.Time(ended)} by {Screen.OneLine(silence.EndedBy ?? "?")}");
        screen.Line("");
    }
}
