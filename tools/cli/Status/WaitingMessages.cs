using Sigma.Storage;

namespace Sigma.Cli.Status;

/// <summary>Messages that a service has decided to send and that the broker does not have: <c>outbox</c>.</summary>
internal static class WaitingMessages
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    const int Tries = 5; // about as long

    // A relay that was just woken, by a machine that slept for example, has its messages out by then.
    static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(2);

    public static async Task Show(Screen screen, Database database, Wrongs wrongs, TimeProvider time, CancellationToken ct)
    {
        var rows = await Read(database, time, ct);
        if (rows.Exists(row => row.IsStuck))
        {
            await Task.Delay(SecondLook, ct);
            rows = await Read(database, time, ct);
        }
        if (!screen.Json && rows.Count > 0)
            screen.Line("");
        foreach (var row in rows)
        {
            screen.Line(new { kind = "outbox", owner = row.Owner, number = row.Number, attempts = row.Attempts },
                $"{Screen.Number(row.Number)} of the {row.Owner}'s messages {(row.Number == 1 ? "is" : "are")} not with the broker yet.");
            if (row.IsStuck)
                wrongs.Add($"the {row.Owner}'s messages do not reach the broker: is it up, and is the service?");
        }
    }

    static async Task<List<Row>> Read(Database database, TimeProvider time, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var now = time.Milliseconds();
        return await session.Query<Row>( // ix_outbox_due (owner, deliver_at, id)
            """
            select owner Owner, count(*) Number, max(attempts) Attempts, @now - min(deliver_at) Late
            from outbox where deliver_at <= @now or attempts > 0 group by owner order by owner
            """, new { now }, ct);
    }

    sealed class Row
    {
        public string Owner { get; init; } = "";
        public long Number { get; init; }
        public int Attempts { get; init; }

        /// <summary>Milliseconds since the first of them was to be sent.</summary>
        public long Late { get; init; }

        public bool IsStuck => Attempts > Tries || Late > Patience.TotalMilliseconds;
    }
}
