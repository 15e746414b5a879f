using System.Data.Common;
using Dapper;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Projection;

namespace Sigma.OperatorConsole.Board;

/// <summary>Reads what the board shows, on a connection of its own and outside any transaction: it never waits for those who write.</summary>
internal static class BoardTable
{
    /// <summary>Rows of one statement.</summary>
    public const int Page = 5000;

    /// <summary>The rows that have changed since, in the order of their changes.</summary>
    public static Task<List<StoredAlert>> Changed(DbConnection connection, long after, CancellationToken ct) => Read(connection,
        // ix_console_alerts_sequence
        $"select {StoredAlert.Columns} from console_alerts where sequence > @after order by sequence limit {Page}", new { after }, ct);

    /// <summary>All that are raised.</summary>
    public static IAsyncEnumerable<StoredAlert> Raised(DbConnection connection, CancellationToken ct) => Pages(Guid.Empty,
        (Guid after) => Read(connection, // ix_console_alerts_cleared
            $"select {StoredAlert.Columns} from console_alerts where cleared_at is null and alert_id > @after order by alert_id limit {Page}",
            new { after }, ct),
        last => last.AlertId);

    /// <summary>All that are over since, and critical or high, and not acknowledged.</summary>
    public static IAsyncEnumerable<StoredAlert> ClearedSince(DbConnection connection, long since, CancellationToken ct) => Pages((since, Guid.Empty),
        ((long At, Guid Id) after) => Read(connection, // ix_console_alerts_cleared
            $"""
            select {StoredAlert.Columns} from console_alerts
            where cleared_at >= @At and not (cleared_at = @At and alert_id <= @Id) and acknowledged_at is null
              and lower(severity) in ('critical', 'high')
            order by cleared_at, alert_id limit {Page}
            """, new { after.At, after.Id }, ct),
        last => (last.ClearedAt!.Value, last.AlertId));

    /// <summary>All that were raised since, the oldest first.</summary>
    public static IAsyncEnumerable<StoredAlert> RaisedSince(DbConnection connection, long since, CancellationToken ct) => Pages((since, Guid.Empty),
        ((long At, Guid Id) after) => Read(connection, // ix_console_alerts_raised
            $"""
            select {StoredAlert.Columns} from console_alerts where raised_at >= @At and not (raised_at = @At and alert_id <= @Id)
            order by raised_at, alert_id limit {Page}
            """, new { after.At, after.Id }, ct),
        last => (last.RaisedAt, last.AlertId));

    /// <summary>The last number that a change was given.</summary>
    public static async Task<long> LastSequence(DbConnection connection, CancellationToken ct) => await connection.ExecuteScalarAsync<long?>(
        new CommandDefinition($"select last from console_sequence where name = '{AlertSequence.Name}'", cancellationToken: ct)) ?? 0;

    static async Task<List<StoredAlert>> Read(DbConnection connection, string sql, object args, CancellationToken ct) =>
        (await connection.QueryAsync<StoredAlert>(new CommandDefinition(sql, args, cancellationToken: ct))).AsList();

    static async IAsyncEnumerable<StoredAlert> Pages<TPlace>(TPlace place, Func<TPlace, Task<List<StoredAlert>>> read, Func<StoredAlert, TPlace> next)
    {
        while (true)
        {
            var rows = await read(place);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < Page)
                yield break;
            place = next(rows[^1]);
        }
    }
}
