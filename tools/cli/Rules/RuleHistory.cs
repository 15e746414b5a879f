using System.CommandLine;

namespace Sigma.Cli.Rules;

/// <summary><c>sigma rules history</c></summary>
internal static class RuleHistory
{
    public static Command Create(TimeProvider time)
    {
        var name = new Argument<string?>("name") { Description = "Name of the rule [default: all rules]", Arity = ArgumentArity.ZeroOrOne };
        var top = new Option<int>("--top") { Description = "So many changes", HelpName = "number", DefaultValueFactory = _ => 20 };
        var history = new Command("history",
            "Who changed a rule, when, why, and in which fields, the newest change first. Ends with 1 when there is none.") { name, top };
        history.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var changes = await Tracker.Rules(typed, time).History(typed.GetValue(name), typed.GetValue(top), ct);
            foreach (var change in changes)
                Show(screen, change);
            if (changes.Count == 0)
                screen.Say("Nobody has changed a rule.");
            return changes.Count == 0 ? ExitCode.ProblemFound : ExitCode.Ok;
        });
        return history;
    }

    static void Show(Screen screen, RuleChange change)
    {
        screen.Line(new
        {
            revision = change.Number, rule = change.Name, change = change.Change, by = change.By, at = change.At, why = change.Why,
            differences = change.Differences,
        }, $"{change.Number,5}  {Screen.Time(change.At)} UTC  {Screen.OneLine(change.Name)}: {Screen.OneLine(change.Change)} by "
            + $"{Screen.OneLine(change.By)}{(change.Why is { } why ? $": {Screen.OneLine(why)}" : "")}");
        if (!screen.Json && !change.IsRemoved)
            foreach (var field in change.Differences)
                screen.Line($"       {RuleDifferences.Text(field)}");
    }
}
