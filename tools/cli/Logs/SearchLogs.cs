using System.CommandLine;
using Sigma.Cli.Consoles;
using Sigma.OperatorConsole.Services;

namespace Sigma.Cli.Logs;

/// <summary><c>sigma logs search</c></summary>
internal static class SearchLogs
{
    const int LongestPage = 1_000;

    public static Command Create(TimeProvider time)
    {
        var query = LogsCommand.Query();
        var since = new Option<string?>("--since") { Description = "Only lines of the last 30m, 2h or 1d", HelpName = "duration" };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Only lines from then on, as 2026-11-20T12:00:00Z", HelpName = "time" };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Only lines before then", HelpName = "time" };
        var limit = new Option<int>("--limit") { Description = "How many at most", HelpName = "number", DefaultValueFactory = _ => 100 };
        var search = new Command("search", "Log lines that a query finds, the newest first. Ends with 1 when there is none.")
            { query, since, from, to, limit };
        search.SetAction(async (typed, ct) =>
        {
            if (typed.GetValue(since) is not null && typed.GetValue(from) is not null)
                throw new UsageException("Say either --since or --from.");
            if (typed.GetValue(limit) < 1)
                throw new UsageException("--limit must be more than 0.");
            var start = typed.GetValue(since) is { } length ? time.GetUtcNow() - Duration.Read("--since", length) : typed.GetValue(from);
            return await Search(typed, string.Join(' ', typed.GetValue(query) ?? []), start, typed.GetValue(to), typed.GetValue(limit), ct);
        });
        return search;
    }

    static async Task<int> Search(ParseResult typed, string query, DateTimeOffset? from, DateTimeOffset? to, int limit, CancellationToken ct)
    {
        var screen = new Screen(typed);
        using var console = LogsCommand.Console(typed);
        var found = 0;
        string? after = null;
        do
        {
            var page = await console.Get<ArchivedLines>(ConsoleApi.Path("logs", ("q", query.Length > 0 ? query : null), ("from", from?.ToString("O")),
                ("to", to?.ToString("O")), ("limit", Math.Min(LongestPage, limit - found)), ("after", after)), ct);
            foreach (var line in page.Items)
                LogsCommand.Print(screen, line);
            found += page.Items.Count;
            if (!page.Complete)
                screen.Remark("The archive looks on: say more words, or a shorter time, and it is quicker.");
            after = page.Next;
        }
        while (after is not null && found < limit);
        if (found > 0)
            return ExitCode.Ok;
        screen.Say("No line was found.");
        return ExitCode.ProblemFound;
    }
}
