using Sigma.Storage;

namespace Sigma.OperatorConsole.Projection;

/// <summary>
/// Reads and writes rows of alerts, many with each statement, in the order of their ids. Whoever writes has <see cref="AlertSequence"/>.
/// </summary>
internal static class AlertTable
{
    static readonly string[] Changing =
    [
        "sequence", "severity", "category", "summary", "value", "limit_value", "unit", "event_count", "threshold",
        "window_from", "window_to", "url", "annotations", "account_code", "trade_name", "company",
        "client_group", "names_due_at", "since", "acknowledged_at", "acknowledged_by", "assigned_to", "snoozed", "snoozed_until", "updated_at",
        "cleared_at", "cleared_reason", "closed_by", "shadow",
    ];

    /// <summary>The rows of these alerts that are there, locked.</summary>
    public static async Task<Dictionary<Guid, AlertState>> Lock(DbSession session, IEnumerable<Guid> ids, CancellationToken ct) =>
        (await session.Query<AlertState>( // primary key
            $"""
            select {AlertState.Columns} from console_alerts where alert_id in ({ids.Order().Literals()}) order by alert_id {session.Dialect.ForUpdate}
            """, null, ct)).ToDictionary(state => state.AlertId);

    /// <summary>Writes rows that are new, or not as they were.</summary>
    public static async Task Write(DbSession session, IEnumerable<AlertState> states, CancellationToken ct)
    {
        using SqlRows rows = new(session.Dialect);
        foreach (var state in states.OrderBy(state => state.AlertId))
            rows.Add(state.AlertId, state.Sequence, state.Rule, state.Kind, state.Severity, state.Category, state.Source, state.Labels, state.Summary,
                Measure(state.Value), Measure(state.LimitValue), state.Unit,
                state.EventCount, state.Threshold, state.WindowFrom, state.WindowTo, state.Url, state.Annotations, state.Account, state.AccountCode,
                state.TradeName, state.Company, state.ClientGroup, state.NamesDueAt, state.Since, state.RaisedAt, state.AcknowledgedAt,
                state.AcknowledgedBy, state.AssignedTo, state.Snoozed ? 1 : 0, state.SnoozedUntil, state.UpdatedAt, state.ClearedAt,
                state.ClearedReason, state.ClosedBy, state.Shadow ? 1 : 0);
        if (rows.Count == 0)
            return;
        await session.Execute(
            $"""
            insert into console_alerts(alert_id, sequence, rule, kind, severity, category, source, labels, summary, value, limit_value, unit,
              event_count, threshold, window_from, window_to, url, annotations,
              account, account_code, trade_name, company, client_group, names_due_at, since, raised_at, acknowledged_at,
              acknowledged_by, assigned_to, snoozed, snoozed_until, updated_at, cleared_at, cleared_reason, closed_by, shadow)
            values {rows} {session.Dialect.OnConflictUpdate("alert_id", Changing)}
            """, null, ct);
    }

    /// <summary>Writes events down; those that are there stay as they are.</summary>
    public static async Task Add(DbSession session, IEnumerable<StoredEvent> events, CancellationToken ct)
    {
        using SqlRows rows = new(session.Dialect);
        foreach (var happened in events.OrderBy(happened => happened.EventId))
            rows.Add(happened.EventId, happened.AlertId, happened.At, happened.What, happened.By, happened.Text, Measure(happened.Value),
                happened.AssignedTo, happened.SnoozedUntil);
        if (rows.Count == 0)
            return;
        await session.Execute(
            $"""
            {session.Dialect.InsertIgnore} into console_alert_events(event_id, alert_id, at, what, `by`, text, value, assigned_to, snoozed_until)
            values {rows}
            """, null, ct);
    }

    static SqlValue Measure(double? value) => value is { } measure ? SqlValue.Of(measure) : (string?)null;
}
