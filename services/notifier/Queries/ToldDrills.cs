using Dapper;
using Sigma.Contracts;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.Queries;

/// <summary>What the notifier has of a drill, found by what follows from its id.</summary>
public sealed class ToldDrills(Database database)
{
    /// <summary>Null when its alert has not come.</summary>
    public async Task<ToldDrill?> Of(Guid drill, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        var alert = await connection.QueryFirstOrDefaultAsync<Alert>(new CommandDefinition( // a handful of rows
            "select alert_id AlertId, raised_at RaisedAt, cleared_at ClearedAt from notifier_drills where account_code = @account",
            new { account = Drill.AccountOf(drill) }, cancellationToken: ct));
        if (alert is null)
            return null;
        var deliveries = await connection.QueryAsync<DrillDelivery>(new CommandDefinition( // uq_deliveries_alert
            """
            select channel Channel, kind Kind, state State, reason Reason, receipt Receipt
            from notifier_deliveries where alert_id = @AlertId order by channel
            """, new { alert.AlertId }, cancellationToken: ct));
        return new ToldDrill(alert.RaisedAt is not null, alert.ClearedAt is not null, [.. deliveries]);
    }

    /// <summary>What keeps a drill's delivery in line: how many alerts go before it, and why the line is held.</summary>
    public async Task<(long Before, string? Held)> Line(string channel, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        var before = await connection.ExecuteScalarAsync<long>(new CommandDefinition( // ix_deliveries_line
            """
            select count(*) from notifier_deliveries
            where channel = @channel and state in ('waiting', 'sending') and alert_id not in (select alert_id from notifier_drills)
            """, new { channel }, cancellationToken: ct));
        var held = await connection.ExecuteScalarAsync<string?>(new CommandDefinition( // a handful of rows
            "select reason from notifier_recipients where channel = @channel and failures > 0 order by held_until desc limit 1",
            new { channel }, cancellationToken: ct));
        return (before, held);
    }

    sealed class Alert
    {
        public Guid AlertId { get; init; }
        public long? RaisedAt { get; init; }
        public long? ClearedAt { get; init; }
    }
}

/// <summary>How far the notifier is with a drill.</summary>
/// <param name="IsRaised">Whether its raise was written down.</param>
/// <param name="IsCleared">Whether its end was.</param>
/// <param name="Deliveries">What was or is to be said of it.</param>
public sealed record ToldDrill(bool IsRaised, bool IsCleared, IReadOnlyList<DrillDelivery> Deliveries);

/// <summary>A delivery of a drill.</summary>
public sealed class DrillDelivery
{
    /// <summary>Its channel.</summary>
    public string Channel { get; init; } = "";

    /// <summary>One of <see cref="DeliveryKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>How far it is.</summary>
    public DeliveryState State { get; init; }

    /// <summary>Why it failed last, or was left out.</summary>
    public string? Reason { get; init; }

    /// <summary>What the channel says of a message it took.</summary>
    public string? Receipt { get; init; }
}
