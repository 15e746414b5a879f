using Sigma.Storage;

namespace Sigma.Cli.Status;

/// <summary>Messages that a service has decided to send and that the broker does not have: <c>outbox</c>.</summary>
internal static class WaitingMessages
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    const int Tries = 5; // about as long

    public static async Task Show(Screen screen, Database database, Wrongs wrongs, DateTimeOffset now, CancellationToken ct)
    {
        List<Row> rows;
        await using (var session = await database.Begin(ct))
            rows = await session.Query<Row>( // ix_outbox_due (owner, deliver_at, id)
                """
                select owner Owner, count(*) Number, min(deliver_at) Due, max(attempts) Attempts
                from outbox where deliver_at <= @now or attempts > 0 group by owner order by owner
                """, new { now = now.ToUnixTimeMilliseconds() }, ct);
        if (!screen.Json && rows.Count > 0)
            screen.Line("");
        foreach (var row in rows)
        {
            screen.Line(new { kind = "outbox", owner = row.Owner, number = row.Number, attempts = row.Attempts },
                $"{Screen.Number(row.Number)} of the {row.Owner}'s messages {(row.Number == 1 ? "is" : "are")} not with the broker yet.");
            if (row.Attempts > Tries || now - row.Due.ToTime() > Patience)
                wrongs.Add($"the {row.Owner}'s messages do not reach the broker: is it up, and is the service?");
        }
    }

    sealed class Row
    {
        public string Owner { get; init; } = "";
        public long Number { get; init; }
        public long Due { get; init; }
        public int Attempts { get; init; }
    }
}
