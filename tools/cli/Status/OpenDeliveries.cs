using Sigma.Storage;
using Spectre.Console;

namespace Sigma.Cli.Status;

/// <summary>Deliveries that are not settled, and those that only a person can settle; those of drills settle themselves. Notices too: what the tracker has to say of itself.</summary>
internal static class OpenDeliveries
{
    // Nobody settles them: what they said is soon of no use.
    static readonly TimeSpan DoubtsShown = TimeSpan.FromDays(1);

    public static async Task Show(Screen screen, Database database, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var deliveries = await session.Query<Row>( // ix_deliveries_state (state, next_attempt_at)
            """
            select channel Channel, state State, count(*) Number, min(created_at) Oldest, min(next_attempt_at) NextTry
            from notifier_deliveries where state in ('pending', 'waiting', 'sending', 'failed', 'uncertain') and alert_id not in (select alert_id from notifier_drills) group by channel, state order by channel, state
            """, new { }, ct);
        var notices = await session.Query<Row>( // ix_notices_state (state, next_attempt_at)
            """
            select channel Channel, state State, count(*) Number, min(created_at) Oldest, min(next_attempt_at) NextTry
            from notifier_notices where state in ('pending', 'sending') or (state = 'uncertain' and settled_at > @since) group by channel, state order by channel, state
            """, new { since = (now - DoubtsShown).ToUnixTimeMilliseconds() }, ct);
        if (!screen.Json && deliveries.Count == 0)
            screen.Line("\nNo delivery waits.");
        Show(screen, "deliveries", "Deliveries that wait, or that a person must look at ('sigma deliveries list'):", deliveries, now);
        Show(screen, "notices", "Words about the tracker itself that wait or are in doubt:", notices, now);
    }

    static void Show(Screen screen, string kind, string title, List<Row> rows, DateTimeOffset now)
    {
        if (screen.Json)
            foreach (var row in rows)
                screen.Line(new { kind, channel = row.Channel, state = row.State, number = row.Number, oldest = row.Oldest.ToTime(), nextTry = row.Next?.ToTime() });
        if (screen.Json || rows.Count == 0)
            return;
        screen.Line($"\n{title}");
        var table = Screen.Columns("llrll");
        foreach (var row in rows)
            table.AddRow(new Text(row.Channel), new Text(row.State), new Text(Screen.Number(row.Number)),
                new Text($"oldest {Screen.Time(row.Oldest.ToTime())}, {Screen.Span(now - row.Oldest.ToTime())} ago"), new Text(row.Next is { } next ? $"next try {next.ToTime():HH:mm:ss}" : ""));
        screen.Show(table, StatusCommand.Width);
    }

    sealed class Row
    {
        public string Channel { get; init; } = "";
        public string State { get; init; } = "";
        public long Number { get; init; }
        public long Oldest { get; init; }
        public long NextTry { get; init; }

        /// <summary>Of those that are tried by themselves.</summary>
        public long? Next => State is "failed" or "uncertain" ? null : NextTry;
    }
}
