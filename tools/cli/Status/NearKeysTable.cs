using Sigma.Evaluator.Queries;
using Spectre.Console;

namespace Sigma.Cli.Status;

/// <summary>The keys that are nearest to their threshold.</summary>
internal static class NearKeysTable
{
    const int BarLength = 10;

    public static void Show(Screen screen, NearKeys near)
    {
        if (near.PassedOver)
            screen.Say($"Only the {Screen.Number(NearestKeys.MostLookedAt)} fullest windows of each length are looked at.");
        if (screen.Json)
        {
            foreach (var key in near.Keys)
                screen.Line(new { kind = "key", rule = key.Rule.Name, labels = key.Labels, count = key.Count, threshold = key.Threshold });
            return;
        }
        screen.Line("");
        screen.Line(near.Keys.Count == 0 ? "No key has events in its window, but those raised." : "Nearest to their threshold, and not raised:");
        var table = Screen.Columns("wrlw");
        foreach (var key in near.Keys)
            table.AddRow(new Text(Screen.Labels(key.Labels)), new Text($"{Screen.Number(key.Count)} of {Screen.Number(key.Threshold)}"),
                new Text(Bar(key.Fill)), new Text(Screen.OneLine(key.Rule.Name)));
        if (near.Keys.Count > 0)
            screen.Show(table, StatusCommand.Width);
    }

    static string Bar(double fill)
    {
        var full = (int)Math.Clamp(fill * BarLength, 0, BarLength);
        return new string('█', full) + new string('░', BarLength - full);
    }
}
