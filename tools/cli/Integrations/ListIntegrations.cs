using System.CommandLine;
using Sigma.Gateway.Queries;
using Spectre.Console;

namespace Sigma.Cli.Integrations;

/// <summary><c>sigma integrations list</c></summary>
internal static class ListIntegrations
{
    public static Command Create(TimeProvider time)
    {
        var list = new Command("list", "All integrations, with who made them so. Ends with 1 when one does not count.");
        list.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var all = await (await Tracker.Integrations(typed, time, ct)).All(ct);
            Show(screen, all);
            return all.Any(one => one.Fault is not null) ? ExitCode.ProblemFound : ExitCode.Ok;
        });
        return list;
    }

    static void Show(Screen screen, IReadOnlyList<ListedIntegration> all)
    {
        if (screen.Json)
        {
            foreach (var one in all)
                screen.Line(new
                {
                    integration = one.Name, kind = one.Options?.Kind, on = one.Options?.On, revision = one.Made?.Number, by = one.Made?.By,
                    at = one.Made?.At, hasKey = one.HasKey, hasSecret = one.HasSecret, formerKeyUntil = one.FormerKeyUntil, fault = one.Fault,
                });
            return;
        }
        var table = Screen.Columns("lllww");
        foreach (var one in all)
            table.AddRow(new Text(Screen.OneLine(one.Name)), new Text(one.Options?.Kind ?? "?"),
                new Text(one.Options is null ? "?" : !one.Options.On ? "off" : one.HasKey ? "on" : "no key"),
                new Text(one.Made is { } made ? $"revision {made.Number}, {Screen.Time(made.At)} UTC, {Screen.OneLine(made.By)}" : "the settings"),
                new Text(one.Fault is null ? "" : $"DOES NOT COUNT: {Screen.OneLine(one.Fault)}"));
        screen.Show(table);
    }
}
