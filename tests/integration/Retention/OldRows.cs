using Dapper;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Retention;

/// <summary>Rows of long ago by the ten thousand, made within the database.</summary>
internal static class OldRows
{
    const string Digits =
        "(select 0 n union all select 1 union all select 2 union all select 3 union all select 4 union all select 5 union all select 6 union all "
            + "select 7 union all select 8 union all select 9)";
    const string Numbers =
        $"(select a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n + 100000 * f.n n from {Digits} a, {Digits} b, {Digits} c, {Digits} d, "
            + $"{Digits} e, {Digits} f) numbers";

    public static Task Evaluator(Station station, int rows, DateTimeOffset newest)
    {
        var before = newest.ToUnixTimeMilliseconds();
        return Run(station, rows,
            $"insert into evaluator_events(event_key, source, event_id, occurred_at, labels) select unhex(left(sha2(concat('e', n), 256), 32)), "
                + $"'segware', n, {before} - n * 50, '{{\"account\":\"1\"}}' from {Numbers}",
            $"insert into evaluator_window(trigger_id, event_key, occurred_at) select unhex(left(sha2(n % 3000, 256), 32)), "
                + $"unhex(left(sha2(concat('e', n), 256), 32)), {before} - n * 50 from {Numbers}",
            $"insert into evaluator_parts(source, slice_from, slice_to, parts, part) select 'segware', {before} - n * 1000, {before} - n * 1000 + 1, "
                + $"1, 1 from {Numbers}",
            $"insert into evaluator_cleared(trigger_id, cleared_through) select unhex(left(sha2(concat('t', n), 256), 32)), {before} - n * 50 "
                + $"from {Numbers}",
            $"insert into evaluator_excused(occurrence_key, excused_at) select unhex(left(sha2(concat('o', n), 256), 32)), {before} - n * 50 "
                + $"from {Numbers}");
    }

    public static Task Notifier(Station station, int rows, DateTimeOffset newest)
    {
        var before = newest.ToUnixTimeMilliseconds();
        return Run(station, rows,
            $"""
            insert into sigma_cloud_events_tracker_registers(account_code, trade_name, company_trade_name, client_group_name, cuc, code, quantity,
              period_started_at, period_ended_at,
              created_at, alert_id, rule, severity, source, labels, threshold, raised_at, cleared_at)
            select '1', 'x', 'x', 'x', 'ALR', 'E130', 20, '2020-01-01', '2020-01-01', from_unixtime(({before} - n * 1000) / 1000),
            unhex(left(sha2(concat('a', n), 256), 32)), 'r', 's', 'segware', '[]', 20,
              {before} - n * 1000, {before} - n * 1000 + 1 from {Numbers}
            """,
            $"""
            insert into notifier_deliveries(delivery_id, alert_id, kind, channel, state, next_attempt_at, give_up_at, created_at, settled_at)
            select unhex(left(sha2(concat('d', n), 256), 32)), unhex(left(sha2(concat('a', n), 256), 32)), 'raised', 'whatsapp', if(n % 10 = 0,
            'uncertain', 'sent'), 0, 0, {before} - n * 1000, {before} - n * 1000 from {Numbers}
            """,
            $"""
            insert into sigma_cloud_alarm_events(application_type, account, auxiliary, code, company_id, complement, event_id, event_log,
              `partition`, protocol_type, status, created_at)
            select 'x', '1', '0', 'E702', 1, 'x', '1', 'x', '000', 'CONTACT_ID', 'sent', from_unixtime(({before} - n * 1000) / 1000) from {Numbers}
            """,
            $"insert into notifier_accounts(account, account_code, company_id, trade_name, refreshed_at) select concat('old-', n), '1', 1, 'x', "
                + $"{before} - n * 1000 from {Numbers}");
    }

    public static Task Slices(Station station, int rows, DateTimeOffset newest) => Run(station, rows,
        $"""
        insert into fetcher_slices(source, slice_from, slice_to, state) select 'segware', {newest.ToUnixTimeMilliseconds()} - n * 1000,
          {newest.ToUnixTimeMilliseconds()} - n * 1000 + 1000, 'published'
        from {Numbers}
        """);

    public static Task Gateway(Station station, int rows, DateTimeOffset newest)
    {
        var before = newest.ToUnixTimeMilliseconds();
        return Run(station, rows,
            $"""
            insert into gateway_intake(delivery_id, integration, kind, via, received_at, state, items, duplicates, tries, body_bytes, headers, body,
              understood)
            select unhex(left(sha2(n, 256), 32)), concat('i-', n % 50), 'generic', 'POST /in', {before} - n * 1000,
              if(n % 50 = 0, 'unread', 'kept'), 1, 0, 200, 4, '[]', repeat('b', 200), 'u'
            from {Numbers}
            """,
            $"""
            insert into gateway_seen(id, delivery_id, seen_at)
            select unhex(left(sha2(n, 256), 32)), unhex(left(sha2(n, 256), 32)), {before} - n * 1000 from {Numbers}
            """,
            $"""
            insert into gateway_open(id, integration, external_id, labels, severity, opened, started_at, reported_at, ended_at)
            select unhex(left(sha2(n, 256), 32)), 'generic', concat('e-', n), repeat('l', 200), 'high', 1, 0, {before} - n * 1000,
              if(n % 2 = 0, 1, null) from {Numbers}
            """);
    }

    static async Task Run(Station station, int rows, params string[] statements)
    {
        await using var connection = await station.Database.Open(CancellationToken.None);
        foreach (var statement in statements)
            await connection.ExecuteAsync($"{statement} where n < {rows}", commandTimeout: 300);
        foreach (var table in (string[])["evaluator_events", "evaluator_window", "evaluator_parts", "notifier_deliveries",
            "sigma_cloud_events_tracker_registers", "sigma_cloud_alarm_events", "gateway_intake", "gateway_seen", "gateway_open"])
            await connection.ExecuteAsync($"analyze table {table}", commandTimeout: 60);
    }
}

/// <summary>How the database goes about a statement.</summary>
internal static class Plan
{
    /// <summary>Fails when the statement does not go along this index, or sorts.</summary>
    public static async Task Uses(Station station, string statement, string index)
    {
        await using var connection = await station.Database.Open(CancellationToken.None);
        var mariaDb = (await connection.ExecuteScalarAsync<string>("select version()"))!.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
        await using var reader = await connection.ExecuteReaderAsync($"explain {(mariaDb ? "" : "format = traditional")} {statement}");
        Assert.True(await reader.ReadAsync());
        var key = $"{reader["key"]}";
        var extra = $"{reader["Extra"]}";
        Assert.True(key == index && !extra.Contains("filesort"), $"goes along '{key}' ({extra}) rather than {index}: {statement}");
    }
}
