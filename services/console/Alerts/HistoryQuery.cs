using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using Sigma.OperatorConsole.Access;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>The alerts of the past, page by page, as a file, and how fast they were taken on and cleared.</summary>
public sealed class HistoryQuery
{
    /// <summary>The longest page.</summary>
    public const int LongestPage = 1000;

    // A file of more rows is no spreadsheet any more; times of more alerts do not differ.
    const int RowsPerStatement = 1000, MostCsvRows = 1_000_000, MostTimedRows = 500_000;

    readonly Database _database;
    readonly TimeProvider _time;

    internal HistoryQuery(Database database, TimeProvider time) => (_database, _time) = (database, time);

    /// <summary>A page of those that are wanted; with where to go on, when there may be more.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">What <see cref="HistoryPage.Next"/> said; null for the first page.</param>
    /// <param name="limit">The longest page.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="FormatException"><paramref name="after"/> is not what was said.</exception>
    public async Task<HistoryPage> Page(HistoryFilter filter, string? after, int limit, Caller caller, CancellationToken ct)
    {
        limit = Math.Clamp(limit, 1, LongestPage);
        var place = after is null ? null : HistoryPlace.Read(after);
        List<AlertView> found = new(limit);
        await using var connection = await _database.Open(ct);
        await foreach (var alert in Read(connection, filter, place, caller, Math.Min(limit + 1, RowsPerStatement), ct))
        {
            if (found.Count == limit) // there is another one
                return new(found, HistoryPlace.Of(found[^1]).ToString());
            found.Add(alert);
        }
        return new(found, null);
    }

    /// <summary>Writes all that are wanted as comma separated values that a spreadsheet cannot be harmed by; as UTF-8.</summary>
    public async Task Csv(HistoryFilter filter, Caller caller, Stream output, CancellationToken ct)
    {
        await using var connection = await _database.Open(ct);
        await using CsvWriter csv = new(output);
        await csv.Row(HistoryCsv.Header, ct);
        var rows = 0;
        await foreach (var alert in Read(connection, filter, null, caller, RowsPerStatement, ct))
        {
            await csv.Row(HistoryCsv.Row(alert, _time.GetUtcNow()), ct);
            if (++rows == MostCsvRows)
                break;
        }
    }

    /// <summary>How long it took until somebody took them on, and until they were cleared, by rule.</summary>
    public async Task<HistoryTimes> Times(HistoryFilter filter, Caller caller, CancellationToken ct)
    {
        SortedDictionary<string, RuleTimesBuilder> rules = new(StringComparer.Ordinal);
        await using var connection = await _database.Open(ct);
        var rows = 0;
        await foreach (var alert in Read(connection, filter, null, caller, RowsPerStatement * 5, ct))
        {
            if (!rules.TryGetValue(alert.Rule, out var times))
                rules[alert.Rule] = times = new();
            times.Add(alert);
            if (++rows == MostTimedRows)
                break;
        }
        return new([.. rules.Select(rule => rule.Value.Times(rule.Key))], rows == MostTimedRows);
    }

    async IAsyncEnumerable<AlertView> Read(DbConnection connection, HistoryFilter filter, HistoryPlace? place, Caller caller, int rowsPerStatement,
        [EnumeratorCancellation] CancellationToken ct)
    {
        HistorySql sql = new(filter, caller.Limits, _database.Dialect, _time.GetUtcNow());
        var (from, to) = (sql.From, sql.To);
        // The end of the range and the place are in one pair of conditions, so that the index is read from there. ix_console_alerts_raised,
        // ix_console_alerts_rule or ix_console_alerts_account
        var behind = filter.OldestFirst
            ? "raised_at >= @At and not (raised_at = @At and alert_id <= @Id) and raised_at < @To order by raised_at, alert_id"
            : "raised_at <= @At and not (raised_at = @At and alert_id >= @Id) and raised_at >= @From order by raised_at desc, alert_id desc";
        var first = filter.OldestFirst ? new HistoryPlace(from, Guid.Empty) : new(to == long.MaxValue ? to : to - 1, Guid.AllBitsSet);
        if (place is null || (filter.OldestFirst ? place.At < first.At : place.At > first.At))
            place = first;
        var (at, id) = (place.At, place.Id);
        var where = behind.Insert(behind.IndexOf(" order by", StringComparison.Ordinal), sql.Where);
        while (true)
        {
            var rows = (await connection.QueryAsync<StoredAlert>(new CommandDefinition(
                $"select {StoredAlert.Columns} from console_alerts where {where} limit {rowsPerStatement}",
                new { At = at, Id = id, From = from, To = to }, flags: CommandFlags.NoCache | CommandFlags.Buffered,
                cancellationToken: ct))).AsList();
            foreach (var row in rows)
            {
                var alert = row.View();
                if (sql.Fits(alert))
                    yield return alert;
            }
            if (rows.Count < rowsPerStatement)
                yield break;
            (at, id) = (rows[^1].RaisedAt, rows[^1].AlertId);
        }
    }
}

/// <summary>A page of the past.</summary>
/// <param name="Items">The alerts.</param>
/// <param name="Next">What to say as <c>after</c> to get those that follow; null when there are none.</param>
public sealed record HistoryPage(IReadOnlyList<AlertView> Items, string? Next);

/// <summary>The place of an alert in the past.</summary>
internal sealed record HistoryPlace(long At, Guid Id)
{
    public static HistoryPlace Of(AlertView alert) => new(alert.RaisedAt.ToUnixTimeMilliseconds(), alert.AlertId);

    /// <exception cref="FormatException">It is none.</exception>
    public static HistoryPlace Read(string text) => text.Split('_') is [var at, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && Guid.TryParseExact(id, "N", out var alert)
            ? new(milliseconds, alert) : throw new FormatException("after is what next said");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At}_{Id:N}");
}
