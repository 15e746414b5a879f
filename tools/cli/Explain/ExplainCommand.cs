using System.CommandLine;
using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.Cli.Consoles;
using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Evaluator;
using Sigma.Evaluator.Queries;
using Sigma.Evaluator.Rules;
using Sigma.Fetcher;
using Sigma.Fetcher.Queries;
using Sigma.Notifier;
using Sigma.Notifier.Queries;
using Sigma.Notifier.Texts;
using Sigma.Storage;
using Rule = Sigma.Evaluator.Rules.Rule;

namespace Sigma.Cli.Explain;

/// <summary><c>sigma explain</c></summary>
internal static class ExplainCommand
{
    public static Command Create(TimeProvider time)
    {
        var account = new Argument<string>("account")
            { Description = "The account: its id, as in the label account, or the code that messages show, if it ever had an alert" };
        var cuc = Text("--cuc", "Only events of this CUC", "cuc");
        var code = Text("--code", "Only events of this code", "code");
        var at = Text("--at",
            "As it was at this time: 14:05, '20/11 14:05' or '2026-11-20 14:05' in Notifier__TimeZone, or 2026-11-20T17:05:00Z [default: now]",
            "time");
        var rule = Text("--rule", "Only this rule [default: all of the source]", "name");
        var source = Text("--source", "Source of the events [default: Fetcher__Source]", "name");
        var explain = new Command("explain",
            """
            Why an account is in alert, or is not: for each rule what is counted, what is left out and why, the limits that apply, the last episode
            and who was told of it, what an alert waits for that is not cleared, which minutes of the window nobody has seen, and which records were
            put aside. Only reads, and only what there is of this account.
            Events are counted as they are known now, with what came late and what was excused since. Ends with 1 when nothing is known of the
            account.
            """)
        {
            account, cuc, code, at, rule, source,
        };
        explain.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            if (ConsoleApi.Of(typed) is { } console)
                return await Ask(console);
            var settings = CliSettings.Load(typed);
            var fetcher = settings.Of<FetcherOptions>("Fetcher");
            var evaluator = settings.Of<EvaluatorOptions>("Evaluator");
            var zone = new LocalTime(Options.Create(settings.Of<NotifierOptions>("Notifier")), NullLogger<LocalTime>.Instance).Zone;
            var now = time.Milliseconds();
            var query = new ExplainQuery(typed.GetValue(account)!, typed.GetValue(cuc), typed.GetValue(code), typed.GetValue(source)
                ?? fetcher.Source,
                typed.GetValue(at) is { } text ? LocalTimes.Read(text, zone, now.ToTime()) : now, now);
            LocalTimes local = new(zone, query.At);

            var database = await DatabaseConnection.Open(settings, ct);
            try
            {
                await using var connection = await database.Open(ct);
                if (!await OddRecordRows.Exist(database, ct))
                    throw new DatabaseException("The database has not the schema of this version: start a service of this version once.");
                var rules = await new RuleQuery(database, evaluator).Rules(ct);
                var about = Wanted(rules, query.Source, typed.GetValue(rule));
                StoredEvents events = new(connection, query.Source);
                var known = await KnownAccount.Find(new AccountQuery(database, connection, time), events, query.Account, ct);
                query = query with { Account = known.Id };
                Explainer explainer = new(database, connection, events, rules, evaluator, fetcher, local, time);
                var found = await explainer.ExplainAll(query, about, ct);
                var last = await events.LastAt(known.Id, ct);
                var malformed = await MalformedItems.Read(database, events, query, about.Max(rule => rule.Window), ct);
                return ExplainReport.Write(screen, local, query, known, last, found, [.. explainer.OfOtherRules(query)], malformed);
            }
            catch (DbException e)
            {
                throw new DatabaseException($"The database broke off: {Screen.OneLine(e.Message)}");
            }

            Task<int> Ask(ConsoleApi api)
            {
                var there = Tracker.Zone(typed);
                var present = time.GetUtcNow();
                var moment = typed.GetValue(at) is { } said ? LocalTimes.Read(said, there, present) : (long?)null;
                return new ConsoleExplain(api, screen).Run(new(typed.GetValue(account)!, typed.GetValue(cuc), typed.GetValue(code),
                    typed.GetValue(rule), typed.GetValue(source), moment?.ToTime()), new(there, moment ?? present.ToUnixTimeMilliseconds()), ct);
            }
        });
        return explain;
    }

    static List<Rule> Wanted(RuleSet rules, string source, string? name)
    {
        var watching = rules.Watching(source).ToList();
        if (watching.Count == 0)
            throw new UsageException(
                $"No rule counts events of {Screen.OneLine(source)}; the rules count those of "
                    + $"{string.Join(", ", rules.Counting.Select(rule => rule.Source).Distinct())}.");
        if (name is null)
            return watching;
        return watching.Find(rule => rule.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } wanted ? [wanted]
            : throw new UsageException(
                $"There is no rule {Screen.OneLine(name)} for {source}; there is {string.Join(", ", watching.Select(rule => rule.Name))}.");
    }

    static Option<string?> Text(string name, string description, string what) => new(name) { Description = description, HelpName = what };
}
