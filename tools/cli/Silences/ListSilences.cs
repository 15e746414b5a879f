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
        var list = new Command("list",
            "The silences that last or are to begin, those of the settings first and then the newest, and the maintenance windows. Ends with 1 when "
                + "there is none.") { all };
        list.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var settings = CliSettings.Load(typed);
            SilenceCommands silences = new(await DatabaseConnection.Open(settings, ct), time, settings.Configuration);
            var found = await silences.All(typed.GetValue(all), Most, ct);
            foreach (var silence in found)
                Print(screen, silence);
            var windows = await silences.Windows(ct);
            foreach (var window in windows)
                Print(screen, window);
            if (found.Count + windows.Count > 0)
                return ExitCode.Ok;
            screen.Say("There is no silence.");
            return ExitCode.ProblemFound;
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
                by = silence.By, why = silence.Why, setting = silence.Setting, endedAt = silence.EndedAt, endedBy = silence.EndedBy,
            });
            return;
        }
        screen.Line($"{silence.Id}  {silence.State}{(silence.Setting is { } setting ? $", {setting} of the settings" : "")}");
        screen.Line($"  alerts    {string.Join(", ", silence.Matchers.Select(Screen.OneLine))}");
        screen.Line($"  lasts     {(silence.From is { } from ? $"{SilencesCommand.Time(from)} to" : "until")} {SilencesCommand.Time(silence.Until)}");
        screen.Line($"  by        {Screen.OneLine(silence.By)}: {Screen.OneLine(silence.Why)}");
        if (silence.EndedAt is { } ended)
            screen.Line($"  ended     {SilencesCommand.Time(ended)} by {Screen.OneLine(silence.EndedBy ?? "?")}");
        screen.Line("");
    }

    static void Print(Screen screen, FoundWindow window)
    {
        if (screen.Json)
        {
            screen.Line(new
            {
                maintenance = window.Name, matchers = window.Matchers, hours = window.Hours, provisioned = window.IsProvisioned,
                activeUntil = window.ActiveUntil, nextAt = window.NextAt,
            });
            return;
        }
        screen.Line($"{window.Name}  maintenance, {(window.ActiveUntil is { } end ? $"active until {SilencesCommand.Time(end)}"
            : $"begins {SilencesCommand.Time(window.NextAt)}")}, {(window.IsProvisioned ? "of the settings" : "made by 'sigma routes put'")}");
        screen.Line($"  alerts    {string.Join(", ", window.Matchers.Select(Screen.OneLine))}");
        screen.Line($"  hours     {string.Join("; ", window.Hours.Select(Screen.OneLine))}");
        screen.Line("");
    }
}
