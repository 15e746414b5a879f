using System.CommandLine;
using Sigma.Evaluator.Rules;

namespace Sigma.Cli.Rules;

/// <summary><c>sigma rules mode</c>, <c>rollback</c>, <c>clone</c> and <c>remove</c></summary>
internal static class ChangeRule
{
    public static Command Mode(TimeProvider time)
    {
        var (name, by, why) = (RulesCommand.Name(), RulesCommand.By(), RulesCommand.Why());
        var mode = new Argument<RuleMode>("mode") { Description = "live; shadow: judged, but nobody is told; off: not judged" };
        var command = new Command("mode",
            "Has a rule judged live, in the shadow or not at all. What it has raised is cleared, and in the new mode raised anew if it is so still.")
        {
            name, mode, by, why,
        };
        command.SetAction((typed, ct) => RulesCommand.Edit(typed, time,
            edits => edits.SetMode(typed.GetValue(name)!, typed.GetValue(mode), typed.GetValue(by)!, typed.GetValue(why), ct), ct));
        return command;
    }

    public static Command RollBack(TimeProvider time)
    {
        var (name, by, why) = (RulesCommand.Name(), RulesCommand.By(), RulesCommand.Why());
        var revision = new Option<long>("--to") { Description = "The revision, as 'history' lists it", HelpName = "number", Required = true };
        var command = new Command("rollback", "Has a rule say again what it said by an earlier revision, also one that was removed since.")
        {
            name, revision, by, why,
        };
        command.SetAction((typed, ct) => RulesCommand.Edit(typed, time,
            edits => edits.RollBack(typed.GetValue(name)!, typed.GetValue(revision), typed.GetValue(by)!, typed.GetValue(why), ct), ct));
        return command;
    }

    public static Command Clone(TimeProvider time)
    {
        var (name, by, why) = (RulesCommand.Name(), RulesCommand.By(), RulesCommand.Why());
        var clone = new Argument<string>("new-name") { Description = "Name of the other rule" };
        var command = new Command("clone", "Makes another rule that says the same, switched off: change what must differ, then its mode.")
        {
            name, clone, by, why,
        };
        command.SetAction((typed, ct) => RulesCommand.Edit(typed, time,
            edits => edits.Clone(typed.GetValue(name)!, typed.GetValue(clone)!, typed.GetValue(by)!, typed.GetValue(why), ct), ct));
        return command;
    }

    public static Command Remove(TimeProvider time)
    {
        var (name, by, why) = (RulesCommand.Name(), RulesCommand.By(), RulesCommand.Why());
        var command = new Command("remove", "Takes a rule away and clears what it has raised. Its history stays, and 'rollback' brings it back.")
        {
            name, by, why,
        };
        command.SetAction((typed, ct) => RulesCommand.Edit(typed, time,
            edits => edits.Remove(typed.GetValue(name)!, typed.GetValue(by)!, typed.GetValue(why), ct), ct));
        return command;
    }
}
