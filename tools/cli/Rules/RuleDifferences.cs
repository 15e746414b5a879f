using System.CommandLine;
using Sigma.Evaluator.Rules;

namespace Sigma.Cli.Rules;

/// <summary><c>sigma rules diff</c></summary>
internal static class RuleDifferences
{
    public static Command Create(TimeProvider time)
    {
        var name = RulesCommand.Name();
        var from = new Option<long>("--from") { Description = "A revision, as 'history' lists it", HelpName = "number", Required = true };
        var to = new Option<long?>("--to") { Description = "Another one [default: what it says now]", HelpName = "number" };
        var diff = new Command("diff", "The fields in which two revisions of a rule differ. Ends with 1 when there is no such rule or revision.")
        {
            name, from, to,
        };
        diff.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var rules = Tracker.Rules(typed, time);
            if (await Find(screen, rules, typed.GetValue(name)!, typed.GetValue(from), ct) is not { } before
                || await Find(screen, rules, typed.GetValue(name)!, typed.GetValue(to), ct) is not { } after)
                return ExitCode.ProblemFound;
            var differences = RuleDifference.Between(before, after);
            foreach (var field in differences)
                screen.Line(field, Text(field));
            if (differences.Count == 0)
                screen.Say("They say the same.");
            return ExitCode.Ok;
        });
        return diff;
    }

    /// <summary>In which field, and how.</summary>
    public static string Text(RuleDifference field) => $"{Screen.OneLine(field.Field)}: {Said(field.Before)} -> {Said(field.After)}";

    static string Said(string? value) => value is null ? "(default)" : Screen.OneLine(value);

    static async Task<RuleOptions?> Find(Screen screen, IRules rules, string name, long? revision, CancellationToken ct)
    {
        var asked = $"the rule {Screen.OneLine(name)}{(revision is { } said ? $" by revision {said}" : "")}";
        try
        {
            if (await rules.Find(name, revision, ct) is { } found)
                return found;
            screen.Say($"There is nothing that {asked} says: it was never there, or is removed.");
        }
        catch (RuleTextException e)
        {
            screen.Say($"This version cannot read {asked}: {Screen.OneLine(e.Message)}.");
        }
        return null;
    }
}
