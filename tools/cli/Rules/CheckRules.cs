using System.CommandLine;

namespace Sigma.Cli.Rules;

/// <summary><c>sigma rules check</c></summary>
internal static class CheckRules
{
    public static Command Create(TimeProvider time)
    {
        var files = RulesCommand.Files();
        var check = new Command("check",
            """
            Whether files with rules can be put: a line for each fault, with the file, the line, the rule and the field. Asks no server; beside those
            in the files it knows the rules of the settings, or with a console those that are there. Ends with 1 when something is wrong.
            """) { files };
        check.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            if (await RulesCommand.Read(screen, typed.GetValue(files)!, ct) is not { } rules)
                return ExitCode.ProblemFound;
            var faults = await Tracker.Rules(typed, time).Faults(rules, ct);
            foreach (var fault in faults)
                RulesCommand.Refuse(screen, fault);
            if (faults.Count > 0)
                return ExitCode.ProblemFound;
            screen.Line(new { rules = rules.Count }, $"Nothing is wrong with {rules.Count} {(rules.Count == 1 ? "rule" : "rules")}.");
            return ExitCode.Ok;
        });
        return check;
    }
}
