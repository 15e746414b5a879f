using Sigma.Storage;

namespace Sigma.Cli.Status;

/// <summary>What the fetcher and the evaluator put aside in the last day because it could not be used, or not wholly.</summary>
internal static class OddRecords
{
    static readonly TimeSpan Back = TimeSpan.FromDays(1);

    public static async Task Show(Screen screen, Database database, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var since = (now - Back).ToUnixTimeMilliseconds();
        await Show(screen, session, "fetcher", "record", since, now, // ix_fetcher_odd_records_seen
            "select source, used, reason, seen_at from fetcher_odd_records where seen_at >= @since", ct);
        await Show(screen, session, "evaluator", "event", since, now, // ix_evaluator_odd_events_seen
            "select source, 0 as used, reason, seen_at from evaluator_odd_events where seen_at >= @since", ct);
    }

    static async Task Show(Screen screen, DbSession session, string by, string what, long since, DateTimeOffset now, string select,
        CancellationToken ct)
    {
        var counts = await session.Query<Row>(
            $"select source Source, count(*) Number, sum(used) Used, max(seen_at) Newest from ({select}) odd group by source order by source", new { since }, ct);
        foreach (var row in counts)
        {
            var reason = await session.First<string>(
                $"select reason from ({select}) odd where source = @Source order by seen_at desc limit 1", new { since, row.Source }, ct) ?? "?";
            if (screen.Json)
            {
                screen.Line(new { kind = "odd", by, source = row.Source, number = row.Number, counted = (long)row.Used, newest = row.Newest.ToTime(), reason });
                continue;
            }
            screen.Line("");
            screen.Line(StatusCommand.Shortened(
                $"{Screen.Number(row.Number)} {what}{(row.Number == 1 ? "" : "s")} of {Screen.OneLine(row.Source)} put aside by the {by} within a day"
                + $"{(row.Used > 0 ? $", {Screen.Number((long)row.Used)} of them counted all the same" : "")}."));
            screen.Line(StatusCommand.Shortened($"  The newest {Screen.Span(now - row.Newest.ToTime())} ago: {Screen.OneLine(reason)} ('sigma explain ACCOUNT')"));
        }
    }

    sealed class Row
    {
        public string Source { get; init; } = "";
        public long Number { get; init; }
        public decimal Used { get; init; }
        public long Newest { get; init; }
    }
}
