using Sigma.Notifier.Queries;
using Sigma.Storage;
using Spectre.Console;

namespace Sigma.Cli.Status;

/// <summary>
/// Deliveries that are not settled, and those that only a person can settle; those of drills settle themselves. Notices too: what the tracker has to
/// say of itself.
/// </summary>
internal static class OpenDeliveries
{
    // Nobody settles them: what they said is soon of no use.
    static readonly TimeSpan DoubtsShown = TimeSpan.FromDays(1);

    public static async Task Show(Screen screen, Database database, DateTimeOffset now, CancellationToken ct)
    {
        DeliveryQuery query = new(database);
        var deliveries = await query.Open(ct);
        var notices = await query.OpenNotices((now - DoubtsShown).ToUnixTimeMilliseconds(), ct);
        if (!screen.Json && deliveries.Count == 0)
            screen.Line("\nNo delivery waits.");
        Show(screen, "deliveries", "Deliveries that wait, or that a person must look at ('sigma deliveries list'):", deliveries, now);
        Show(screen, "notices", "Words about the tracker itself that wait or are in doubt:", notices, now);
    }

    static void Show(Screen screen, string kind, string title, IReadOnlyList<OpenCount> rows, DateTimeOffset now)
    {
        if (screen.Json)
            foreach (var row in rows)
                screen.Line(new { kind, channel = row.Channel, state = row.State.Stored(), number = row.Number, oldest = row.Oldest.ToTime(),
                    nextTry = row.Next?.ToTime() });
        if (screen.Json || rows.Count == 0)
            return;
        screen.Line($"\n{title}");
        var table = Screen.Columns("llrll");
        foreach (var row in rows)
            table.AddRow(new Text(row.Channel), new Text(row.State.Stored()), new Text(Screen.Number(row.Number)),
                new Text($"oldest {Screen.Time(row.Oldest.ToTime())}, {Screen.Span(now - row.Oldest.ToTime())} ago"),
                new Text(row.Next is { } next ? $"next try {next.ToTime():HH:mm:ss}" : ""));
        screen.Show(table, StatusCommand.Width);
    }
}
