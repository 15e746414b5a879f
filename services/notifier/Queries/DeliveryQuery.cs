using System.Text.Json;
using Sigma.Storage;

namespace Sigma.Cli.Deliveries;

/// <summary>A delivery with what its alert is about. Times as stored.</summary>
internal sealed class FoundDelivery
{
    public byte[] DeliveryKey { get; init; } = [];
    public byte[] AlertKey { get; init; } = [];
    public string Kind { get; init; } = "";
    public string Channel { get; init; } = "";
    public string State { get; init; } = "";
    public int Attempts { get; init; }
    public string? Reason { get; init; }
    public long DueAt { get; init; }
    public long CreatedAt { get; init; }
    public long? SettledAt { get; init; }
    public string? Rule { get; init; }
    public string? LabelsJson { get; init; }
    public string? AccountCode { get; init; }

    public Guid Id => DeliveryKey.ToGuid();
    public Guid AlertId => AlertKey.ToGuid();

    /// <summary>Empty when the alert's row is gone.</summary>
    public IReadOnlyDictionary<string, string> Labels => LabelsJson is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(LabelsJson) ?? [];
}

/// <summary>Which deliveries are asked about.</summary>
/// <param name="States">In one of these; in any when there are none.</param>
/// <param name="Channel">On this channel, or on any.</param>
/// <param name="Ids">With one of these ids, or of an alert with one of them; any when there are none.</param>
internal sealed record DeliveryFilter(IReadOnlyCollection<string> States, string? Channel, IReadOnlyCollection<Guid> Ids)
{
    /// <summary>The newest of them; of an alert's two the raise first. No more than the limit.</summary>
    public async Task<List<FoundDelivery>> Find(Database database, int limit, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        List<string> where = ["1 = 1"];
        if (States.Count > 0)
            where.Add("d.state in @States"); // ix_deliveries_state
        if (Channel is not null)
            where.Add("d.channel = @Channel");
        if (Ids.Count == 0)
            where.Add("d.alert_id not in (select alert_id from notifier_drills)"); // those of a drill wait for nobody to decide
        else
            where.Add($"(d.delivery_id in ({Ids.Literals()}) or d.alert_id in ({Ids.Literals()}))"); // primary key and uq_deliveries_alert
        return await session.Query<FoundDelivery>( // uq_registers_alert
            $"""
            select d.delivery_id DeliveryKey, d.alert_id AlertKey, d.kind Kind, d.channel Channel, d.state State, d.attempts Attempts, d.reason Reason, d.next_attempt_at DueAt,
              d.created_at CreatedAt, d.settled_at SettledAt, r.rule Rule, r.labels LabelsJson, r.account_code AccountCode
            from notifier_deliveries d left join sigma_cloud_events_tracker_registers r on r.alert_id = d.alert_id
            where {string.Join(" and ", where)} order by d.created_at desc, d.alert_id, d.channel, d.kind desc limit {limit}
            """, new { States, Channel }, ct);
    }
}
