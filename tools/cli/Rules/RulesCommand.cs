using System.CommandLine;
using Sigma.Evaluator.Rules;

namespace Sigma.Cli.Rules;

/// <summary><c>sigma rules</c>: the rules there are, and what people change of them.</summary>
internal static class RulesCommand
{
    public static Command Create(TimeProvider time) => new("rules",
        """
        The rules: those of the settings, which nobody changes here, and those that people make. Each change is a revision, with who, when and why.
        Evaluators that run judge by a change at once and have brought what is stored in line some seconds later.
        """)
    {
        ListRules.Create(time), ShowRule.Create(time), CheckRules.Create(time), PutRules.Create(time), RuleHistory.Create(time),
        RuleDifferences.Create(time), BacktestRule.Create(time), ChangeRule.Mode(time), ChangeRule.RollBack(time), ChangeRule.Clone(time),
        ChangeRule.Remove(time),
    };

    public static Argument<string> Name() => new("name") { Description = "Name of the rule" };

    public static Argument<FileInfo[]> Files() => new("file")
    {
        Description = "YAML or JSON: one rule, a list of them, or several documents; - for the standard input", Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string> By() => Person.By("does it; kept with the revision");

    public static Option<string?> Why() => new("--why") { Description = "Why; kept with the revision", HelpName = "text" };

    /// <summary>Reads the rules of files; says of each fault where it is, and returns null when there is one.</summary>
    public static async Task<IReadOnlyList<RuleOptions>?> Read(Screen screen, IReadOnlyList<FileInfo> files, CancellationToken ct)
    {
        List<RuleOptions> rules = [];
        var isWrong = false;
        foreach (var file in files)
        {
            var isInput = file.Name == "-" && !file.Exists;
            if (!isInput && !file.Exists)
                throw new UsageException($"There is no file {file.FullName}.");
            try
            {
                rules.AddRange(RuleFile.Read(isInput ? await Console.In.ReadToEndAsync(ct) : await File.ReadAllTextAsync(file.FullName, ct)));
            }
            catch (RuleTextException e)
            {
                isWrong = true;
                foreach (var fault in e.Faults)
                    Refuse(screen, $"{(isInput ? "standard input" : file.Name)}, {fault}");
            }
        }
        return isWrong ? null : rules;
    }

    /// <summary>Makes a change of the book and says what came of it.</summary>
    public static async Task<int> Edit(ParseResult typed, TimeProvider time, Func<IRules, Task<IReadOnlyList<RuleEdit>>> edit,
        CancellationToken ct)
    {
        var screen = new Screen(typed);
        var rules = Tracker.Rules(typed, time);
        try
        {
            foreach (var made in await edit(rules))
                screen.Line(new { rule = made.Name, revision = made.Revision, change = made.Change },
                    made.Change is null ? $"{made.Name} is so already, by revision {made.Revision}"
                    : $"{made.Name}: {made.Change}, revision {made.Revision}");
            return ExitCode.Ok;
        }
        catch (RuleTextException e)
        {
            foreach (var fault in e.Faults)
                Refuse(screen, fault);
            screen.Say("Nothing is changed.");
            return ExitCode.ProblemFound;
        }
    }

    public static void Refuse(Screen screen, string fault) => screen.Line(new { fault }, $"WRONG: {Screen.OneLine(fault)}");
}
