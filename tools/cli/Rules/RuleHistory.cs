using System.CommandLine;
using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Evaluator;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Storage.Revisions;

namespace Sigma.Cli.Rules;

/// <summary><c>sigma rules history</c></summary>
internal static class RuleHistory
{
    const int Most = 10_000;

    public static Command Create()
    {
        var name = new Argument<string?>("name") { Description = "Name of the rule [default: all rules]", Arity = ArgumentArity.ZeroOrOne };
        var top = new Option<int>("--top") { Description = "So many changes", HelpName = "number", DefaultValueFactory = _ => 20 };
        var history = new Command("history",
            "Who changed a rule, when, why, and in which fields, the newest change first. Ends with 1 when there is none.") { name, top };
        history.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var settings = CliSettings.Load(typed);
            var query = new RuleQuery(await DatabaseConnection.Open(settings, ct), settings.Of<EvaluatorOptions>("Evaluator"));
            // What a change is compared with may be older than what is shown.
            var changes = await query.History(typed.GetValue(name), Most, ct);
            for (var i = 0; i < Math.Min(changes.Count, typed.GetValue(top)); i++)
                Show(screen, changes[i], changes.Skip(i + 1).FirstOrDefault(other => other.Name == changes[i].Name));
            if (changes.Count == 0)
                screen.Say("Nobody has changed a rule.");
            return changes.Count == 0 ? ExitCode.ProblemFound : ExitCode.Ok;
        });
        return history;
    }

    static void Show(Screen screen, Revision change, Revision? before)
    {
        var differences = RuleDifference.Between(Read(before), Read(change));
        screen.Line(new
        {
            revision = change.Number, rule = change.Name, change = change.Change, by = change.By, at = change.At, why = change.Why, differences,
        }, $"{change.Number,5}  {Screen.Time(change.At)} UTC  {Screen.OneLine(change.Name)}: {change.Change} by {Screen.OneLine(change.By)}"
            + $"{(change.Why is { } why ? $": {Screen.OneLine(why)}" : "")}");
        if (!screen.Json && change.Body is not null)
            foreach (var field in differences)
                screen.Line($"       {Screen.OneLine(field.Field)}: {Said(field.Before)} -> {Said(field.After)}");
    }

    static string Said(string? value) => value is null ? "(default)" : Screen.OneLine(value);

    // One of a newer version differs in everything.
    static RuleOptions? Read(Revision? change)
    {
        try
        {
            return change?.Body is { } body ? RuleText.Read(body) : null;
        }
        catch (RuleTextException)
        {
            return null;
        }
    }
}
