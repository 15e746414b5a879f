using System.CommandLine;
using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Evaluator;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;

namespace Sigma.Cli.Rules;

/// <summary><c>sigma rules show</c></summary>
internal static class ShowRule
{
    public static Command Create()
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
            var settings = CliSettings.Load(typed);
            var query = new RuleQuery(await DatabaseConnection.Open(settings, ct), settings.Of<EvaluatorOptions>("Evaluator"));
            var rule = typed.GetValue(revision) is { } number ? await query.Find(typed.GetValue(name)!, number, ct)
                : (await query.All(ct)).FirstOrDefault(rule => rule.Name == typed.GetValue(name))?.Options;
            if (rule is null)
            {
                screen.Say($"There is no rule {Screen.OneLine(typed.GetValue(name)!)}"
                    + $"{(typed.GetValue(revision) is { } none ? $" by revision {none}" : "")}.");
                return ExitCode.ProblemFound;
            }
            screen.Line(RuleText.Differing(rule), Screen.Harmless(RuleFile.Write(rule).TrimEnd()));
            return ExitCode.Ok;
        });
        return show;
    }
}
