using Spectre.Console;
using Rule = Sigma.Evaluator.Rules.Rule;

namespace Sigma.Cli.Status;

/// <summary>A key of a rule, and how full its window is that ends now.</summary>
internal sealed record NearKey(Rule Rule, IReadOnlyDictionary<string, string> Labels, long Count, int Threshold)
{
    public double Fill => (double)Count / Threshold;
}

/// <summary>What was found.</summary>
/// <param name="Keys">The nearest first.</param>
/// <param name="PassedOver">Whether there were more keys than are looked at.</param>
internal sealed record NearKeys(IReadOnlyList<NearKey> Keys, bool PassedOver)
{
    const int BarLength = 10;

    public void Show(Screen screen)
    {
        if (PassedOver)
            screen.Say($"Only the {Screen.Number(NearestKeys.MostLookedAt)} fullest windows of each length are looked at.");
        if (screen.Json)
        {
            foreach (var key in Keys)
                screen.Line(new { kind = "key", rule = key.Rule.Name, labels = key.Labels, count = key.Count, threshold = key.Threshold });
            return;
        }
        screen.Line("");
        screen.Line(Keys.Count == 0 ? "No key has events in its window, but those raised." : "Nearest to their threshold, and not raised:");
        var table = Screen.Columns("wrlw");
        foreach (var key in Keys)
            table.AddRow(new Text(Screen.Labels(key.Labels)), new Text($"{Screen.Number(key.Count)} of {Screen.Number(key.Threshold)}"), new Text(Bar(key.Fill)),
                new Text(Screen.OneLine(key.Rule.Name)));
        if (Keys.Count > 0)
            screen.Show(table, StatusCommand.Width);
    }

    static string Bar(double fill)
    {
        var full = (int)Math.Clamp(fill * BarLength, 0, BarLength);
        return new string('█', full) + new string('░', BarLength - full);
    }
}
