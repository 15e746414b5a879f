using System.CommandLine;
using System.Data.Common;
using Microsoft.Extensions.Options;
using Sigma.Cli.Consoles;
using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Evaluator;
using Sigma.Evaluator.Queries;
using Sigma.Fetcher;
using Sigma.Notifier;

namespace Sigma.Cli.Status;

/// <summary><c>sigma status</c>: how the tracker is at this moment.</summary>
internal static class StatusCommand
{
    const int LongestStrip = 7 * 24;

    /// <summary>Characters in a line.</summary>
    public const int Width = 100;

    /// <summary>A line that is no longer.</summary>
    public static string Shortened(string line) => line.Length <= Width ? line : line[..(Width - 1)] + "…";

    public static Command Create(TimeProvider time)
    {
        var hours = Number("--hours", "Hours of coverage shown", 6, LongestStrip);
        var top = Number("--top", "Keys shown that are nearest to their threshold", 10, 1_000);
        var status = new Command("status",
            """
            How the tracker is at this moment: how far the events are fetched and counted, the coverage of the last hours, the keys nearest to their
            threshold, the alerts that are raised, the deliveries that wait, what was put aside because it could not be used, and the queues. Only
            reads.
            Ends with 1 when something is wrong: a source is not watched for longer than Notifier__Blindness__After, a message lies in an error queue,
            a queue has no consumer, messages of the outbox do not reach the broker, or broker or database do not answer.
            """)
        {
            hours, top,
        };
        status.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            if (ConsoleApi.Of(typed) is { } console)
                return await new ConsoleStatus(console, screen, time).Run(typed.GetValue(hours), ct);
            var settings = CliSettings.Load(typed);
            Problems problems = new(screen);
            try
            {
                await OfDatabase(screen, settings, TimeSpan.FromHours(typed.GetValue(hours)), typed.GetValue(top), problems, time, ct);
            }
            catch (Exception e) when (e is DatabaseException or DbException)
            {
                screen.Line(new { kind = "database", says = e.Message }, Screen.OneLine(e.Message));
                problems.Add("the database does not answer");
            }
            await QueueDepths.Show(screen, settings, problems, ct);
            return problems.Report();
        });
        return status;
    }

    static async Task OfDatabase(Screen screen, CliSettings settings, TimeSpan length, int top, Problems problems, TimeProvider time,
        CancellationToken ct)
    {
        var fetcher = Options.Create(settings.Of<FetcherOptions>("Fetcher"));
        var evaluator = settings.Of<EvaluatorOptions>("Evaluator");
        var notifier = settings.Of<NotifierOptions>("Notifier");
        var database = await DatabaseConnection.Open(settings, ct);
        var rules = await new RuleQuery(database, evaluator).Rules(ct);
        await new WatchedTime(database, fetcher, rules, notifier.Blindness.After, time).Show(screen, length, problems, ct);
        var raised = await new RaisedAlertQuery(database).All(ct);
        var nearest = await new NearestKeys(database, rules, time).Find(top, raised.Select(alert => alert.TriggerId).ToHashSet(), ct);
        NearKeysTable.Show(screen, nearest);
        ActiveAlerts.Show(screen, raised, time.GetUtcNow());
        await OpenDeliveries.Show(screen, database, time.GetUtcNow(), ct);
        await MalformedRecords.Show(screen, database, time.GetUtcNow(), ct);
        await WaitingMessages.Show(screen, database, problems, time, ct);
    }

    static Option<int> Number(string name, string description, int usual, int most)
    {
        var option = new Option<int>(name) { Description = $"{description}, 1 to {most}", HelpName = "number", DefaultValueFactory = _ => usual };
        option.Validators.Add(typed =>
        {
            if (typed.GetValueOrDefault<int>() is < 1 || typed.GetValueOrDefault<int>() > most)
                typed.AddError($"{name} must be between 1 and {most}.");
        });
        return option;
    }
}

/// <summary>What is wrong, told at the end.</summary>
internal sealed class Problems(Screen screen)
{
    readonly List<string> _wrongs = [];

    public void Add(string wrong) => _wrongs.Add(wrong);

    /// <summary>Returns the exit code.</summary>
    public int Report()
    {
        if (screen.Json)
            screen.Line(new { kind = "verdict", well = _wrongs.Count == 0, wrong = _wrongs });
        else if (_wrongs.Count == 0)
            screen.Line("Nothing is wrong.");
        else
            foreach (var wrong in _wrongs)
                screen.Line($"WRONG: {wrong}{(wrong.EndsWith('?') ? "" : ".")}");
        return _wrongs.Count == 0 ? ExitCode.Ok : ExitCode.ProblemFound;
    }
}
