using Dapper;
using Sigma.Contracts;
using Sigma.Evaluator.Drills;
using Sigma.Fetcher.Drills;
using Sigma.Storage;

namespace Sigma.Cli.Drills;

/// <summary>What the services have of a drill, found by what follows from its id.</summary>
internal sealed class Drilled(Guid id, string channels)
{
    readonly string _events = DrillBatches.EventIds(id).Select(e => Ids.From(Drill.Source, e)).Literals();
    readonly byte[] _trigger = DrillRule.Rule.TriggerId(DrillRule.Rule.KeyOf(Drill.LabelsOf(id, channels))).Bytes();

    public Guid Id => id;

    public async Task<Seen> Look(Database database, DrillTable drills, CancellationToken ct)
    {
        var row = await drills.Find(id, ct) ?? throw new InvalidOperationException($"The row of drill {id} is gone.");
        await using var connection = await database.Open(ct);
        CommandDefinition Command(string sql, object args) => new(sql, args, cancellationToken: ct);
        var stored = await connection.ExecuteScalarAsync<long>(Command($"select count(*) from evaluator_events where event_key in ({_events})", new { })); // primary key
        var trigger = await connection.ExecuteScalarAsync<byte[]?>(Command( // uq_triggers_trigger
            "select alert_id from sigma_cloud_events_tracker_triggers where trigger_id = @trigger", new { trigger = _trigger }));
        var cleared = await connection.ExecuteScalarAsync<long>(Command("select count(*) from evaluator_cleared where trigger_id = @trigger", new { trigger = _trigger })); // primary key
        var alert = await connection.QueryFirstOrDefaultAsync<Alert>(Command( // a handful of rows
            "select alert_id AlertKey, raised_at RaisedAt, cleared_at ClearedAt from notifier_drills where account_code = @account", new { account = Drill.AccountOf(id) }));
        var told = alert is null ? [] : await connection.QueryAsync<Told>(Command( // uq_deliveries_alert
            "select channel Channel, kind Kind, state State, reason Reason, receipt Receipt from notifier_deliveries where alert_id = @AlertKey order by channel", new { alert.AlertKey }));
        return new Seen(row, (int)stored, trigger is not null || alert is not null, alert?.RaisedAt is not null, cleared > 0 || alert?.ClearedAt is not null, alert?.ClearedAt is not null, [.. told]);
    }

    /// <summary>What keeps a delivery in line: how many alerts go before it, and why the line is held.</summary>
    public static async Task<(long Before, string? Held)> Line(Database database, string channel, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        var before = await connection.ExecuteScalarAsync<long>(new CommandDefinition( // ix_deliveries_line
            "select count(*) from notifier_deliveries where channel = @channel and state in ('waiting', 'sending') and alert_id not in (select alert_id from notifier_drills)",
            new { channel }, cancellationToken: ct));
        var held = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select reason from notifier_recipients where channel = @channel and failures > 0 order by held_until desc limit 1", new { channel }, cancellationToken: ct));
        return (before, held);
    }

    sealed class Alert
    {
        public byte[] AlertKey { get; init; } = [];
        public long? RaisedAt { get; init; }
        public long? ClearedAt { get; init; }
    }
}

/// <summary>How far a drill has come.</summary>
internal sealed record Seen(AskedDrill Row, int Stored, bool Raised, bool Registered, bool Cleared, bool ClearRegistered, IReadOnlyList<Told> Deliveries);

/// <summary>A delivery of the drill.</summary>
internal sealed class Told
{
    public string Channel { get; init; } = "";
    public string Kind { get; init; } = "";
    public string State { get; init; } = "";
    public string? Reason { get; init; }
    public string? Receipt { get; init; }
}
