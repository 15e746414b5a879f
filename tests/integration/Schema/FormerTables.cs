namespace Sigma.IntegrationTests.Schema;

/// <summary>What other programs know of the former tracker's tables: these names and no others.</summary>
internal static class FormerTables
{
    public const string Registers = "sigma_cloud_events_tracker_registers", Triggers = "sigma_cloud_events_tracker_triggers",
        Window = "sigma_cloud_events_tracker_window", AlarmEvents = "sigma_cloud_alarm_events";

    static readonly Dictionary<string, string> Columns = new()
    {
        [Registers] =
            "id, account_code, trade_name, company_trade_name, client_group_name, cuc, code, quantity, period_started_at, period_ended_at, "
                + "created_at, updated_at",
        [Triggers] = "id, account_id, cuc, code, created_at, updated_at",
        [Window] = "id, started_at, created_at, updated_at",
        [AlarmEvents] =
            "id, application_type, account, auxiliary, code, company_id, complement, event_id, event_log, `partition`, protocol_type, status, "
                + "created_at, updated_at",
    };

    public static IEnumerable<string> All => Columns.Keys;

    /// <summary>A report's query: each row as one line, in the order the rows were written.</summary>
    public static string Report(string table) => $"select concat_ws('|', {Columns[table]}) from {table} order by id";

    /// <summary>What the former program wrote, in its own words.</summary>
    public const string FormerInserts = """
        insert into sigma_cloud_events_tracker_registers (account_code, trade_name, company_trade_name, client_group_name, cuc, code, quantity,
          period_started_at, period_ended_at) values ('00099', 'Ótica Boa Vista', 'Sentinela Monitoramento', '', 'BEM', 'E302', 21,
          now() - interval 2 hour, now());
        insert into sigma_cloud_events_tracker_triggers (account_id, cuc, code) values (99, 'BEM', 'E302');
        insert into sigma_cloud_events_tracker_window (started_at) values (now());
        insert into sigma_cloud_alarm_events (application_type, account, auxiliary, code, company_id, complement, event_id, event_log, `partition`,
          protocol_type, status) values ('sigma-cloud-events-tracker', '00099', '0', 'E702', 3, 'Excesso', '167681000', 'Excesso', '000',
          'CONTACT_ID', 'failed');
        """;
}
