using Dapper;
using Sigma.Storage;

namespace Sigma.Fetcher.Drills;

/// <summary>
/// The door a drill comes in by. Who may write the database may ask for one; of those under way there is one at most (<c>uq_drills_under_way</c>).
/// The command <c>sigma drill</c> uses the same statements.
/// </summary>
public sealed class DrillTable(Database database)
{
    /// <summary>A fetcher that has taken a drill and not published it for so long is gone. Longer than it takes to give up publishing.</summary>
    static readonly TimeSpan Gone = TimeSpan.FromSeconds(45);

    static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    const string Select =
        """
        select drill_id Id, asked_at AskedAt, asked_by AskedBy, channels Channels, taken_at TakenAt, taken_by TakenBy, slice_to SliceTo,
          published_at PublishedAt,
          reason Reason, closed_at ClosedAt, ended_at EndedAt
        from drills
        """;

    /// <summary>Whether services of this version have made its table.</summary>
    public async Task<bool> Exists(CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        return await database.Dialect.HasColumn(connection, "drills", "drill_id", ct);
    }

    /// <summary>
    /// Asks for a drill. False when another is under way; one that is over is no obstacle, even when no fetcher is there to end it.
    /// </summary>
    public async Task<bool> Request(Guid id, string by, string channels, CancellationToken ct)
    {
        if (await UnderWay(ct) is { } before && before.IsOver(Now))
            await Free(before, ct);
        return await Write(
            $"{database.Dialect.InsertIgnore} into drills(drill_id, asked_at, asked_by, channels, under_way) values(@id, @now, @by, @channels, 1)",
            new { id, by, channels, now = Now }, ct);
    }

    /// <summary>Nobody looks at it any more. One that was taken stays under way until it is closed.</summary>
    public Task End(Guid id, string outcome, CancellationToken ct) => Write( // primary key
        """
        update drills set ended_at = @now, outcome = @outcome, under_way = case when taken_at is null
          or closed_at is not null then null else under_way end
        where drill_id = @id and ended_at is null
        """, new { id, outcome = outcome.Length <= 500 ? outcome : outcome[..500], now = Now }, ct);

    /// <summary>A drill by its id; null when there is none.</summary>
    // primary key
    public Task<DrillRequest?> Find(Guid id, CancellationToken ct) => Read($"{Select} where drill_id = @id", new { id }, ct);

    /// <summary>The one that is under way.</summary>
    public Task<DrillRequest?> UnderWay(CancellationToken ct) => Read($"{Select} where under_way = 1", new { }, ct); // uq_drills_under_way

    /// <summary>Claims a drill, of several fetchers one; its slice stays as it was when it was first taken. Null when it is not ours.</summary>
    internal async Task<DrillRequest?> Take(DrillRequest drill, string by, long sliceTo, CancellationToken ct) => await Write( // primary key
        """
        update drills set taken_at = @now, taken_by = @by, slice_to = coalesce(slice_to, @sliceTo)
        where drill_id = @Id and published_at is null and ended_at is null and (taken_at is null or taken_by = @by or taken_at < @gone
        or taken_at > @future)
        """, new { drill.Id, by, sliceTo, now = Now, gone = Now - (long)Gone.TotalMilliseconds, future = Now + (long)Gone.TotalMilliseconds },
        ct) ? await Find(drill.Id, ct) : null;

    internal Task Published(DrillRequest drill, CancellationToken ct) =>
        Write("update drills set published_at = @now, reason = null where drill_id = @Id", new { drill.Id, now = Now }, ct);

    internal Task NotPublished(DrillRequest drill, string reason, CancellationToken ct) =>
        Write("update drills set reason = @reason where drill_id = @Id",
            new { drill.Id, reason = reason.Length <= 500 ? reason : reason[..500] }, ct);

    /// <summary>The quiet slice is published; the next drill may come unless somebody still looks at this one.</summary>
    internal Task Closed(DrillRequest drill, CancellationToken ct) => Write(
        "update drills set closed_at = @now, under_way = case when ended_at is null then under_way end where drill_id = @Id",
        new { drill.Id, now = Now }, ct);

    /// <summary>The next drill may come. Forgets those of long ago.</summary>
    internal async Task Free(DrillRequest drill, CancellationToken ct)
    {
        await Write(
            "update drills set under_way = null, ended_at = coalesce(ended_at, @now), outcome = coalesce(outcome, 'nobody waited for its end') where "
                + "drill_id = @Id",
            new { drill.Id, now = Now }, ct);
        // a handful of rows
        await Write("delete from drills where under_way is null and asked_at < @before", new { before = Now - (long)Kept.TotalMilliseconds }, ct);
    }

    static long Now => TimeProvider.System.Milliseconds();

    // Once a second and without a transaction: in SQLite one would keep every writer waiting.
    async Task<DrillRequest?> Read(string sql, object args, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        return await connection.QueryFirstOrDefaultAsync<DrillRequest>(new CommandDefinition(sql, args, cancellationToken: ct));
    }

    async Task<bool> Write(string sql, object args, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var rows = await session.Execute(sql, args, ct);
        await session.Commit(ct);
        return rows > 0;
    }
}
