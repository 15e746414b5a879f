using Sigma.Storage;
using Sigma.Storage.Queries;

namespace Sigma.Cli.Status;

/// <summary>Messages that a service has decided to send and that the broker does not have: <c>outbox</c>.</summary>
internal static class WaitingMessages
{
    static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(1);

    const int Tries = 5; // about as long

    // A relay that was just woken, by a machine that slept for example, has its messages out by then.
    static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(2);

    public static async Task Show(Screen screen, Database database, Problems problems, TimeProvider time, CancellationToken ct)
    {
        OutboxQuery outbox = new(database);
        var rows = await outbox.Unsent(time.Milliseconds(), ct);
        if (rows.Any(IsStuck))
        {
            await Task.Delay(SecondLook, ct);
            rows = await outbox.Unsent(time.Milliseconds(), ct);
        }
        if (!screen.Json && rows.Count > 0)
            screen.Line("");
        foreach (var row in rows)
        {
            screen.Line(new { kind = "outbox", owner = row.Owner, number = row.Number, attempts = row.Attempts },
                $"{Screen.Number(row.Number)} of the {row.Owner}'s messages {(row.Number == 1 ? "is" : "are")} not with the broker yet.");
            if (IsStuck(row))
                problems.Add($"the {row.Owner}'s messages do not reach the broker: is it up, and is the service?");
        }
    }

    static bool IsStuck(UnsentMessages row) => row.Attempts > Tries || row.Late > StuckAfter.TotalMilliseconds;
}
