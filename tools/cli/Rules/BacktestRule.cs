using System.CommandLine;
using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Evaluator;
using Sigma.Evaluator.Backtests;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Fetcher;
using Spectre.Console;
using Rule = Sigma.Evaluator.Rules.Rule;

namespace Sigma.Cli.Rules;

/// <summary><c>sigma rules backtest</c></summary>
internal static class BacktestRule
{
    public static Command Create(TimeProvider time)
    {
        var name = new Argument<string?>("name") { Description = "Name of a rule that is there", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<FileInfo?>("--file") { Description = "A file with one rule, which need not be there yet", HelpName = "file" };
        var days = new Option<double>("--days") { Description = "So many days back", HelpName = "number", DefaultValueFactory = _ => 14 };
        var top = new Option<int>("--top")
            { Description = "The newest alerts, so many", HelpName = "number", DefaultValueFactory = _ => 20 };
        var backtest = new Command("backtest",
            """
            The alerts that a rule would have raised by the events that are stored, as they are known now: with what came late, and without what was
            excused since. Only of rules that count. Events are kept for Evaluator__KeepEvents: set that to the days you look back. Only reads.
            """) { name, file, days, top };
        backtest.Validators.Add(typed =>
        {
            if (typed.GetValue(name) is null == typed.GetValue(file) is null)
                typed.AddError("Say either the name of a rule or --file.");
            if (typed.GetValue(days) is not > 0)
                typed.AddError("--days must be more than 0.");
        });
        backtest.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var settings = CliSettings.Load(typed);
            var database = await DatabaseConnection.Open(settings, ct);
            var rules = await new RuleQuery(database, settings.Of<EvaluatorOptions>("Evaluator")).Rules(ct);
            if (await Wanted(screen, rules, typed.GetValue(name), typed.GetValue(file), ct) is not { } rule)
                return ExitCode.ProblemFound;
            if (rule.Kind != Contracts.RuleKind.Count)
            {
                screen.Say($"{Screen.OneLine(rule.Name)} is of the kind {rule.Kind}: only of events a history is kept.");
                return ExitCode.ProblemFound;
            }
            Backtest test = new(database, rules, settings.Of<FetcherOptions>("Fetcher").PollInterval);
            var result = await test.Run(rule, time.GetUtcNow().AddDays(-typed.GetValue(days)), new ProgressLine(screen), ct);
            Show(screen, rule, result, typed.GetValue(top));
            return ExitCode.Ok;
        });
        return backtest;
    }

    static async Task<Rule?> Wanted(Screen screen, RuleSet rules, string? name, FileInfo? file, CancellationToken ct)
    {
        if (file is null)
        {
            if (rules.Known.FirstOrDefault(rule => rule.Name == name) is { } known)
                return known;
            screen.Say($"There is no rule {Screen.OneLine(name!)}.");
            return null;
        }
        if (await RulesCommand.Read(screen, [file], ct) is not { } read)
            return null;
        return read is [var only]
            ? new Rule(only) : throw new UsageException($"{file.Name} has {read.Count} rules; say which with a file of its own.");
    }

    static void Show(Screen screen, Rule rule, BacktestResult result, int top)
    {
        screen.Line(new
        {
            kind = "backtest", rule = rule.Name, events = result.Events, keys = result.Keys, alerts = result.Alerts.Count,
            keysWithAlerts = result.Alerts.Select(alert => Screen.Labels(alert.Labels)).Distinct().Count(), from = result.From, to = result.To,
            gaps = Math.Max(0, result.Stretches - 1),
        }, result.From is null ? $"Nothing of {Screen.OneLine(rule.Source)} is covered in that time."
            : $"{Screen.OneLine(rule.Name)} would have raised {Screen.Number(result.Alerts.Count)} alerts between {Screen.Time(result.From)} and "
                + $"{Screen.Time(result.To)} UTC, by {Screen.Number(result.Events)} events of {Screen.Number(result.Keys)} keys"
                + $"{(result.Stretches > 1 ? $"; {result.Stretches - 1} gaps, in which nothing is cleared" : "")}.");
        var shown = result.Alerts.TakeLast(top).Reverse().ToList();
        if (screen.Json)
        {
            foreach (var alert in shown)
                screen.Line(new { kind = "alert", labels = alert.Labels, raisedAt = alert.RaisedAt, clearedAt = alert.ClearedAt, most = alert.Most });
            return;
        }
        var table = Screen.Columns("llrw");
        foreach (var alert in shown)
            table.AddRow(new Text($"{Screen.Time(alert.RaisedAt)} UTC"),
                new Text(alert.ClearedAt is { } cleared ? $"for {Screen.Span(cleared - alert.RaisedAt)}" : "lasts still"),
                new Text($"{Screen.Number(alert.Most)} events"), new Text(Screen.Labels(alert.Labels)));
        screen.Show(table);
    }

    /// <summary>Says how far it is, at once: a terminal shows it while the rest is read.</summary>
    sealed class ProgressLine(Screen screen) : IProgress<long>
    {
        const int Every = 500_000;

        public void Report(long events)
        {
            if (events % Every == 0)
                screen.Remark($"{Screen.Number(events)} events are read");
        }
    }
}
