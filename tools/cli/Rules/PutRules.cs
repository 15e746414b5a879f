using System.CommandLine;

namespace Sigma.Cli.Rules;

/// <summary><c>sigma rules put</c></summary>
internal static class PutRules
{
    public static Command Create(TimeProvider time)
    {
        var (files, by, why) = (RulesCommand.Files(), RulesCommand.By(), RulesCommand.Why());
        var put = new Command("put",
            """
            Makes the rules of files, or changes those that have their names, all or none of them. A rule that says what it says already gets no
            revision. Ends with 1 when something is wrong, and has changed nothing then.
            """) { files, by, why };
        put.SetAction(async (typed, ct) => await RulesCommand.Read(new Screen(typed), typed.GetValue(files)!, ct) is not { } rules
            ? ExitCode.ProblemFound
            : await RulesCommand.Edit(typed, time, edits => edits.Put(rules, typed.GetValue(by)!, typed.GetValue(why), ct), ct));
        return put;
    }
}
