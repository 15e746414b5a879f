using System.Data.Common;
using Dapper;
using Sigma.Hosting.Texts;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Board;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>One alert, raised or over, with what happened to it and what else is known of its key and its account.</summary>
public sealed class AlertQuery
{
    const int MostEvents = 2000, MostEarlier = 50, MostOthers = 100;

    // Further back an earlier episode says little, and a rule with many accounts has many.
    static readonly TimeSpan Earliest = TimeSpan.FromDays(90);

    readonly Database _database;
    readonly RaisedAlerts _board;
    readonly TimeProvider _time;

    internal AlertQuery(Database database, RaisedAlerts board, TimeProvider time) => (_database, _board, _time) = (database, board, time);

    /// <summary>An alert with its annotations; null when there is none, or when the caller may not see it.</summary>
    public async Task<AlertView?> Find(Guid id, Caller caller, CancellationToken ct)
    {
        await using var connection = await _database.Open(ct);
        return await Find(connection, id, caller, ct);
    }

    /// <summary>What happened to an alert, the oldest first; null when the caller may not see it.</summary>
    public async Task<IReadOnlyList<AlertEvent>?> Timeline(Guid id, Caller caller, CancellationToken ct)
    {
        await using var connection = await _database.Open(ct);
        if (await Find(connection, id, caller, ct) is null)
            return null;
        var rows = (await connection.QueryAsync<EventRow>(new CommandDefinition( // ix_console_alert_events_alert
            $"""
            select what What, at At, `by` Person, text Text, value Value, assigned_to AssignedTo, snoozed_until SnoozedUntil
            from console_alert_events where alert_id = @id order by at desc, event_id limit {MostEvents}
            """, new { id }, cancellationToken: ct))).AsList();
        rows.Reverse();
        return [.. rows.Select(row => row.Event())];
    }

    /// <summary>Other episodes of the same rule and labels within 90 days, the newest first; null when the caller may not see it.</summary>
    public async Task<IReadOnlyList<AlertView>?> Earlier(Guid id, Caller caller, CancellationToken ct)
    {
        await using var connection = await _database.Open(ct);
        if (await Find(connection, id, caller, ct) is not { } alert)
            return null;
        var labels = await connection.ExecuteScalarAsync<string?>(new CommandDefinition( // primary key
            "select labels from console_alerts where alert_id = @id", new { id }, cancellationToken: ct));
        var account = alert.Labels.GetValueOrDefault(BoardFields.Account);
        var rows = await connection.QueryAsync<StoredAlert>(new CommandDefinition( // ix_console_alerts_account, else ix_console_alerts_rule
            $"""
            select {StoredAlert.Columns} from console_alerts
            where {(account is null ? "" : "account = @Account and ")}rule = @Rule and labels = @Labels and raised_at >= @Since and alert_id <> @Id
              and shadow = @Shadow
            order by raised_at desc limit {MostEarlier}
            """, new
            {
                Account = account?.Truncate(AlertLimits.Account), alert.Rule, Labels = labels, Id = id,
                Since = (_time.GetUtcNow() - Earliest).ToUnixTimeMilliseconds(), alert.Shadow,
            }, cancellationToken: ct));
        return [.. rows.Select(row => row.View()).Where(view => view.IsVisibleTo(caller.Limits))];
    }

    /// <summary>What else is raised on the same account, the newest first; null when the caller may not see the alert.</summary>
    public async Task<IReadOnlyList<AlertView>?> Others(Guid id, Caller caller, CancellationToken ct)
    {
        if ((_board.Find(id, caller) ?? await Find(id, caller, ct)) is not { } alert)
            return null;
        if (alert.Labels.GetValueOrDefault(BoardFields.Account) is not { } account)
            return [];
        List<AlertView> others = [];
        foreach (var other in _board.Current.Alerts)
        {
            var view = other.View;
            if (view.ClearedAt is null && !view.Shadow && view.AlertId != id && view.Labels.GetValueOrDefault(BoardFields.Account) == account
                && view.Source == alert.Source && view.IsVisibleTo(caller.Limits))
                others.Add(view);
            if (others.Count == MostOthers)
                break;
        }
        return others;
    }

    static async Task<AlertView?> Find(DbConnection connection, Guid id, Caller caller, CancellationToken ct)
    {
        var row = await connection.QueryFirstOrDefaultAsync<StoredAlert>(new CommandDefinition( // primary key
            $"""
            select {StoredAlert.Columns}, annotations Annotations, window_from WindowFrom, window_to WindowTo
            from console_alerts where alert_id = @id
            """, new { id }, cancellationToken: ct));
        return row?.View() is { } view && view.IsVisibleTo(caller.Limits) ? view : null;
    }

    sealed class EventRow
    {
        public string What { get; init; } = "";
        public long At { get; init; }
        public string? Person { get; init; }
        public string? Text { get; init; }
        public double? Value { get; init; }
        public string? AssignedTo { get; init; }
        public long? SnoozedUntil { get; init; }

        public AlertEvent Event() => new(What, At.ToTime(), Person, Text, Value, AssignedTo, SnoozedUntil?.ToTime());
    }
}

/// <summary>What happened to an alert.</summary>
/// <param name="What">
/// <c>raised</c>, <c>measured</c>, <c>acknowledged</c>, <c>commented</c>, <c>assigned</c>, <c>snoozed</c> or <c>cleared</c>.
/// </param>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who did it; null when nobody did.</param>
/// <param name="Text">What was said; of a raise what it said of itself, of a clear without words its reason.</param>
/// <param name="Value">What was measured.</param>
/// <param name="AssignedTo">Whose task it is since; null when nobody's.</param>
/// <param name="SnoozedUntil">Until when it is snoozed since; null when it is not, or until it is cleared.</param>
public sealed record AlertEvent(string What, DateTimeOffset At, string? By, string? Text, double? Value, string? AssignedTo,
    DateTimeOffset? SnoozedUntil);
