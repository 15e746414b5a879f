using System.CommandLine;
using Sigma.Evaluator.Rules;

namespace Sigma.Cli.Rules;

/// <summary><c>sigma rules show</c></summary>
internal static class ShowRule
{
    public static Command Create(TimeProvider time)
    {
        var name = RulesCommand.Name();
        var revision = new Option<long?>("--revision") { Description = "As it was by this revision", HelpName = "number" };
        var show = new Command("show", "A rule as YAML, or with --json as JSON: what 'put' takes. What is as it is by default is left out.")
        {
            name, revision,
        };
        show.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var asked = $"the rule {Screen.OneLine(typed.GetValue(name)!)}"
                + $"{(typed.GetValue(revision) is { } said ? $" by revision {said}" : "")}";
            try
            {
                if (await Tracker.Rules(typed, time).Find(typed.GetValue(name)!, typed.GetValue(revision), ct) is not { } rule)
                {
                    screen.Say($"There is nothing that {asked} says: it was never there, or is removed.");
                    return ExitCode.ProblemFound;
                }
                screen.Line(RuleText.Differing(rule), Screen.Harmless(RuleFile.Write(rule).TrimEnd()));
                return ExitCode.Ok;
            }
            catch (RuleTextException e)
            {
                screen.Say($"This version cannot read {asked}: {Screen.OneLine(e.Message)}.");
                return ExitCode.ProblemFound;
            }
        });
        return show;
    }
}
