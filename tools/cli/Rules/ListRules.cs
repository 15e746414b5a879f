using System.CommandLine;
using Sigma.Contracts;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Spectre.Console;

namespace Sigma.Cli.Rules;

/// <summary><c>sigma rules list</c></summary>
internal static class ListRules
{
    public static Command Create(TimeProvider time)
    {
        var list = new Command("list", "All rules, with what they look for and who made them so. Ends with 1 when one cannot be judged.");
        list.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var rules = await Tracker.Rules(typed, time).All(ct);
            Show(screen, rules);
            return rules.Any(rule => rule.Fault is not null) ? ExitCode.ProblemFound : ExitCode.Ok;
        });
        return list;
    }

    static void Show(Screen screen, IReadOnlyList<ListedRule> rules)
    {
        if (screen.Json)
        {
            foreach (var rule in rules)
                screen.Line(new
                {
                    rule = rule.Name, kind = rule.Options?.Kind, source = rule.Options?.Source, mode = Mode(rule), revision = rule.Made?.Number,
                    by = rule.Made?.By, at = rule.Made?.At, fault = rule.Fault, builtIn = rule.IsBuiltIn ? true : (bool?)null,
                });
            return;
        }
        var table = Screen.Columns("lllwww");
        foreach (var rule in rules)
            table.AddRow(new Text(Screen.OneLine(rule.Name)), new Text(rule.Options?.Kind ?? "?"), new Text(Mode(rule)),
                new Text(rule.Options is { } options ? $"{Screen.OneLine(options.Source)}: {LooksFor(options)}" : ""),
                new Text(rule.Made is { } made ? $"revision {made.Number}, {Screen.Time(made.At)} UTC, {Screen.OneLine(made.By)}"
                    : rule.IsBuiltIn ? "built in" : "the settings"),
                new Text(rule.Fault is null ? "" : $"NOT JUDGED: {Screen.OneLine(rule.Fault)}"));
        screen.Show(table);
    }

    static string Mode(ListedRule rule) => rule.Options?.Mode.ToString().ToLowerInvariant() ?? "?";

    static string LooksFor(RuleOptions rule) => Screen.OneLine(rule.Kind switch
    {
        RuleKind.Count => $"{rule.Threshold} {(rule.Lines is { Length: > 0 } lines ? $"lines ({lines})" : "events")} within "
            + $"{Screen.Span(rule.Window)} by {rule.GroupBy}",
        RuleKind.Absence => $"no news for {Screen.Span(rule.After ?? default)} by {rule.GroupBy}",
        RuleKind.Threshold => $"{rule.Series ?? "any series"} {rule.Beyond.ToString().ToLowerInvariant()} {rule.Limit}"
            + $"{(rule.Beyond == Comparison.Outside ? $" to {rule.UpperLimit}" : "")}{rule.Unit} by {rule.GroupBy}",
        _ => $"what is reported, by {rule.GroupBy}",
    } + (rule.Hours.Count > 0 ? $", in its hours {string.Join("; ", rule.Hours)}" : ""));
}
