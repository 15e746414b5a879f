using Sigma.Evaluator.Queries;
using Sigma.Fetcher.Queries;
using Sigma.Storage;
using Sigma.Storage.Queries;

namespace Sigma.Cli.Status;

/// <summary>What the fetcher and the evaluator put aside in the last day because it could not be used, or not wholly.</summary>
internal static class MalformedRecords
{
    static readonly TimeSpan Back = TimeSpan.FromDays(1);

    public static async Task Show(Screen screen, Database database, DateTimeOffset now, CancellationToken ct)
    {
        var since = (now - Back).ToUnixTimeMilliseconds();
        Show(screen, "fetcher", "record", await OddRecordRows.In(database).Since(since, ct), now);
        Show(screen, "evaluator", "event", await OddEventRows.In(database).Since(since, ct), now);
    }

    static void Show(Screen screen, string by, string what, IReadOnlyList<MalformedCount> counts, DateTimeOffset now)
    {
        foreach (var row in counts)
        {
            if (screen.Json)
            {
                screen.Line(new
                {
                    kind = "odd", by, source = row.Source, number = row.Number, counted = row.Used, newest = row.Newest.ToTime(), reason = row.Reason,
                });
                continue;
            }
            screen.Line("");
            screen.Line(StatusCommand.Shortened(
                $"{Screen.Number(row.Number)} {what}{(row.Number == 1 ? "" : "s")} of {Screen.OneLine(row.Source)} put aside by the {by} within a day"
                + $"{(row.Used > 0 ? $", {Screen.Number(row.Used)} of them counted all the same" : "")}."));
            screen.Line(StatusCommand.Shortened(
                $"  The newest {Screen.Span(now - row.Newest.ToTime())} ago: {Screen.OneLine(row.Reason)} ('sigma explain ACCOUNT')"));
        }
    }
}
