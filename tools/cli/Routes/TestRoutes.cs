using System.CommandLine;
using Sigma.Cli.Explain;
using Sigma.Contracts;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Routes;

/// <summary><c>sigma routes test</c></summary>
internal static class TestRoutes
{
    public static Command Create(TimeProvider time)
    {
        var labels = new Argument<string[]>("label")
            { Description = "Labels of the alert, as account=300000 code=E130", Arity = ArgumentArity.ZeroOrMore };
        var severity = Text("--severity", "Its severity", "warning");
        var source = Text("--source", "Its source", "segware");
        var rule = Text("--rule", "Name of its rule", "");
        var kind = Text("--kind", "Kind of its rule", RuleKind.Count);
        var category = Text("--category", "Its category", "");
        var at = new Option<string?>("--at")
        {
            Description = "At this time: 14:05, '20/11 14:05' or '2026-11-20 14:05' in Notifier__TimeZone, or 2026-11-20T17:05:00Z [default: now]",
            HelpName = "time",
        };
        var expect = new Option<string[]>("--expect")
        {
            Description = "Ends with 1 when these receivers are not exactly those that are told at that time; may be repeated, '-' for nobody",
            HelpName = "receiver",
        };
        var live = new Option<bool>("--live")
        {
            Description = "Also by what people made ('sigma routes put'), the silences and the alerts that inhibit, as the database has them now; "
                + "a console always does so",
        };
        var file = RoutesCommand.File("Also by this file, as 'sigma routes put' takes it");
        var test = new Command("test",
            """
            Where an alert would go: the routes that it fits, the receivers, and what holds it back. Needs only the settings, so that a list of
            such commands with --expect can be part of what checks the settings before they are used.
            """)
        {
            labels, severity, source, rule, kind, category, at, live, file, expect,
        };
        test.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            if (typed.GetValue(live) && typed.GetValue(file) is not null)
                throw new UsageException("Either --live or --file.");
            var policy = typed.GetValue(file) is { } named ? await RoutesCommand.Read(named, ct) : null;
            DateTimeOffset? when = typed.GetValue(at) is { } said
                ? LocalTimes.Read(said, Tracker.Zone(typed), time.GetUtcNow(), mayCome: true).ToTime() : null;
            AskedAlert alert = new(typed.GetValue(rule)!, typed.GetValue(severity)!, typed.GetValue(source)!, typed.GetValue(kind)!,
                typed.GetValue(category), Labels(typed.GetValue(labels)!));
            var found = await Tracker.Routes(typed, time).Find(alert, when, policy, typed.GetValue(live), ct);
            Show(screen, found);
            return Compare(screen, found, typed.GetValue(expect)!);
        });
        return test;
    }

    static void Show(Screen screen, IReadOnlyList<FoundReceiver> found)
    {
        foreach (var receiver in found)
        {
            if (screen.Json)
            {
                screen.Line(new
                {
                    receiver = receiver.Name, routes = receiver.Paths, integrations = receiver.Integrations, heldBy = receiver.HeldBy,
                    steps = receiver.Steps.Select(step => new { after = step.After, receiver = step.Receiver }),
                });
                continue;
            }
            screen.Line($"{receiver.Name}: {(receiver.Integrations.Count > 0 ? string.Join(", ", receiver.Integrations) : "no integration is on")}");
            var paths = receiver.Paths.Select(path => path.Length > 0 ? path : "no route fits, so the first receiver");
            screen.Line($"  by    {string.Join("; ", paths)}");
            if (receiver.HeldBy is { } hold)
                screen.Line($"  held  {Screen.OneLine(hold)}");
            foreach (var step in receiver.Steps)
                screen.Line($"  then  after {Screen.Span(step.After)}: {step.Receiver}");
        }
    }

    static int Compare(Screen screen, IReadOnlyList<FoundReceiver> found, string[] expected)
    {
        if (expected.Length == 0)
            return ExitCode.Ok;
        var wanted = expected.Where(name => name != "-").Order(StringComparer.Ordinal).ToList();
        var told = found.Where(receiver => receiver.HeldBy is null).Select(receiver => receiver.Name).Order(StringComparer.Ordinal).ToList();
        if (told.SequenceEqual(wanted))
            return ExitCode.Ok;
        screen.Say($"Expected {Names(wanted)}, and told would be {Names(told)}.");
        return ExitCode.ProblemFound;
    }

    static string Names(IReadOnlyCollection<string> names) => names.Count == 0 ? "nobody" : string.Join(", ", names);

    static Dictionary<string, string> Labels(IEnumerable<string> typed)
    {
        Dictionary<string, string> labels = [];
        foreach (var label in typed)
            if (label.Split('=', 2) is not [{ Length: > 0 } name, var value] || !labels.TryAdd(name, value))
                throw new UsageException($"{Screen.OneLine(label)} is no label, or is there twice: write name=value.");
        return labels;
    }

    static Option<string> Text(string name, string description, string byDefault) => new(name)
    {
        Description = description, HelpName = "text", DefaultValueFactory = _ => byDefault,
    };
}
