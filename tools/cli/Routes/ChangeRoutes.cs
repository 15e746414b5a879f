using System.CommandLine;
using Sigma.Cli.Rules;
using Sigma.Notifier.Routing;

namespace Sigma.Cli.Routes;

/// <summary><c>sigma routes show</c>, <c>put</c>, <c>history</c> and <c>rollback</c></summary>
internal static class ChangeRoutes
{
    public static Command Show(TimeProvider time)
    {
        var revision = new Option<long?>("--revision") { Description = "As it was by this revision [default: now]", HelpName = "number" };
        var show = new Command("show", "What people made beside the settings, as 'put' takes it.") { revision };
        show.SetAction((typed, ct) => Run(typed, time, async (screen, routes) =>
        {
            screen.Line(Screen.Harmless(await routes.Made(typed.GetValue(revision), ct)));
            return ExitCode.Ok;
        }));
        return show;
    }

    public static Command Put(TimeProvider time)
    {
        var file = new Argument<FileInfo>("file") { Description = "JSON, with the names of the settings; - for the standard input" };
        var (by, why) = (RulesCommand.By(), RulesCommand.Why());
        var put = new Command("put",
            """
            Has what people made say what is in the file, all of it, in place of what it said. Notifiers that run know it within 2 s; what was told or
            planned before stays as it is. Ends with 1 when something is wrong, and has changed nothing then.
            """) { file, by, why };
        put.SetAction((typed, ct) => Run(typed, time, async (screen, routes) =>
            Say(screen, await routes.Put(await RoutesCommand.Read(typed.GetValue(file)!, ct), typed.GetValue(by)!, typed.GetValue(why), ct))));
        return put;
    }

    public static Command RollBack(TimeProvider time)
    {
        var revision = new Option<long>("--to") { Description = "The revision, as 'history' lists it", HelpName = "number", Required = true };
        var (by, why) = (RulesCommand.By(), RulesCommand.Why());
        var command = new Command("rollback", "Has what people made say again what it said by an earlier revision.") { revision, by, why };
        command.SetAction((typed, ct) => Run(typed, time, async (screen, routes) =>
            Say(screen, await routes.RollBack(typed.GetValue(revision), typed.GetValue(by)!, typed.GetValue(why), ct))));
        return command;
    }

    public static Command History(TimeProvider time)
    {
        var top = new Option<int>("--top") { Description = "So many changes", HelpName = "number", DefaultValueFactory = _ => 20 };
        var history = new Command("history", "Who changed it, when and why, the newest change first. Ends with 1 when nobody has.") { top };
        history.SetAction((typed, ct) => Run(typed, time, async (screen, routes) =>
        {
            var changes = await routes.History(typed.GetValue(top), ct);
            foreach (var change in changes)
                screen.Line(new { revision = change.Number, change = change.Change, by = change.By, at = change.At, why = change.Why },
                    $"{change.Number,5}  {Screen.Time(change.At)} UTC  {Screen.OneLine(change.Change)} by {Screen.OneLine(change.By)}"
                        + (change.Why is { } why ? $": {Screen.OneLine(why)}" : ""));
            if (changes.Count == 0)
                screen.Say("Nobody has changed it.");
            return changes.Count == 0 ? ExitCode.ProblemFound : ExitCode.Ok;
        }));
        return history;
    }

    static int Say(Screen screen, long? revision)
    {
        screen.Line(new { revision }, revision is { } number ? $"Changed, revision {number}" : "It says so already.");
        return ExitCode.Ok;
    }

    static async Task<int> Run(ParseResult typed, TimeProvider time, Func<Screen, IRoutes, Task<int>> run)
    {
        var screen = new Screen(typed);
        var routes = Tracker.Routes(typed, time);
        try
        {
            return await run(screen, routes);
        }
        catch (PolicyTextException e)
        {
            foreach (var fault in e.Faults)
                RulesCommand.Refuse(screen, fault);
            screen.Say("Nothing is changed.");
            return ExitCode.ProblemFound;
        }
    }
}
