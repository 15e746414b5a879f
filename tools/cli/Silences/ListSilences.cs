using System.CommandLine;
using Sigma.OperatorConsole.Services;

namespace Sigma.Cli.Silences;

/// <summary><c>sigma silences list</c></summary>
internal static class ListSilences
{
    public static Command Create(TimeProvider time)
    {
        var all = new Option<bool>("--all") { Description = "Also those that are over or were ended" };
        var list = new Command("list",
            "The silences that last or are to begin, those of the settings first and then the newest, and the maintenance windows. Ends with 1 when "
                + "there is none.") { all };
        list.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var found = await (await Tracker.Silences(typed, time, ct)).All(typed.GetValue(all), ct);
            foreach (var silence in found.Silences)
                Print(screen, silence);
            foreach (var window in found.Maintenance)
                Print(screen, window);
            if (found.Silences.Count + found.Maintenance.Count > 0)
                return ExitCode.Ok;
            screen.Say("There is no silence.");
            return ExitCode.ProblemFound;
        });
        return list;
    }

    static void Print(Screen screen, Silence silence)
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

    static void Print(Screen screen, MaintenanceWindow window)
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
        screen.Line($"{Screen.OneLine(window.Name)}  maintenance, {(window.ActiveUntil is { } end ? $"active until {SilencesCommand.Time(end)}"
            : $"begins {SilencesCommand.Time(window.NextAt)}")}, {(window.IsProvisioned ? "of the settings" : "made by 'sigma routes put'")}");
        screen.Line($"  alerts    {string.Join(", ", window.Matchers.Select(Screen.OneLine))}");
        screen.Line($"  hours     {string.Join("; ", window.Hours.Select(Screen.OneLine))}");
        screen.Line("");
    }
}
