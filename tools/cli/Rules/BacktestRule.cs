using System.CommandLine;
using Sigma.Evaluator.Rules;
using Spectre.Console;

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
        });
        backtest.SetAction(async (typed, ct) =>
        {
            if (typed.GetValue(days) is not > 0) // a validator would see 0 where nothing is said
                throw new UsageException("--days must be more than 0.");
            var screen = new Screen(typed);
            RuleOptions? rule = null;
            if (typed.GetValue(file) is { } named)
            {
                if (await RulesCommand.Read(screen, [named], ct) is not { } read)
                    return ExitCode.ProblemFound;
                rule = read is [var only]
                    ? only : throw new UsageException($"{named.Name} has {read.Count} rules; say which with a file of its own.");
            }
            try
            {
                WantedBacktest wanted = new(typed.GetValue(name), rule, typed.GetValue(days), typed.GetValue(top));
                Show(screen, await Tracker.Rules(typed, time).Backtest(wanted, new ProgressLine(screen), ct));
                return ExitCode.Ok;
            }
            catch (RuleTextException e)
            {
                foreach (var fault in e.Faults)
                    screen.Say(Screen.OneLine(fault));
                return ExitCode.ProblemFound;
            }
        });
        return backtest;
    }

    static void Show(Screen screen, FoundBacktest found)
    {
        screen.Line(new
        {
            kind = "backtest", rule = found.Rule, events = found.Events, keys = found.Keys, alerts = found.Alerts,
            keysWithAlerts = found.KeysWithAlerts, from = found.From, to = found.To, gaps = found.Gaps,
        }, found.From is null ? $"Nothing of {Screen.OneLine(found.Source ?? "its source")} is covered in that time."
            : $"{Screen.OneLine(found.Rule)} would have raised {Screen.Number(found.Alerts)} alerts between {Screen.Time(found.From)} and "
                + $"{Screen.Time(found.To)} UTC, by {Screen.Number(found.Events)} events of {Screen.Number(found.Keys)} keys"
                + $"{(found.Gaps > 0 ? $"; {found.Gaps} gaps, in which nothing is cleared" : "")}.");
        if (screen.Json)
        {
            foreach (var alert in found.Newest)
                screen.Line(new { kind = "alert", labels = alert.Labels, raisedAt = alert.RaisedAt, clearedAt = alert.ClearedAt, most = alert.Most });
            return;
        }
        var table = Screen.Columns("llrw");
        foreach (var alert in found.Newest)
            table.AddRow(new Text($"{Screen.Time(alert.RaisedAt)} UTC"),
                new Text(alert.ClearedAt is { } cleared ? $"for {Screen.Span(cleared - alert.RaisedAt)}" : "lasts still"),
                new Text($"{Screen.Number(alert.Most)} events"), new Text(Screen.Labels(alert.Labels)));
        screen.Show(table);
    }

    /// <summary>Says how far it is, at once: a terminal shows it while the rest is read.</summary>
    sealed class ProgressLine(Screen screen) : IProgress<long>
    {
        const int Every = 500_000;

        long _said;

        public void Report(long events)
        {
            if (events / Every == _said)
                return;
            _said = events / Every;
            screen.Remark($"{Screen.Number(events)} events are read");
        }
    }
}
