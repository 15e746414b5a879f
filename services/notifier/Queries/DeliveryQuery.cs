using System.Text.Json;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.Queries;

/// <summary>The deliveries: what is or was to be said of alerts, on each channel.</summary>
public sealed class DeliveryQuery(Database database)
{
    /// <summary>The newest that fit; of an alert's two the raise first. No more than the limit.</summary>
    public async Task<IReadOnlyList<FoundDelivery>> Find(DeliveryFilter filter, int limit, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        List<string> where = ["1 = 1"];
        if (filter.States.Count > 0)
            where.Add("d.state in @States"); // ix_deliveries_state
        if (filter.Channel is not null)
            where.Add("d.channel = @Channel");
        if (filter.Ids.Count == 0)
            where.Add("d.alert_id not in (select alert_id from notifier_drills)"); // those of a drill wait for nobody to decide
        else
            // primary key and uq_deliveries_alert
            where.Add($"(d.delivery_id in ({filter.Ids.Literals()}) or d.alert_id in ({filter.Ids.Literals()}))");
        return await session.Query<FoundDelivery>( // uq_registers_alert
            $"""
            select d.delivery_id Id, d.alert_id AlertId, d.kind Kind, d.channel Channel, d.state State, d.attempts Attempts,
              d.reason Reason, d.receipt Receipt, d.next_attempt_at DueAt, d.created_at CreatedAt, d.settled_at SettledAt,
              r.rule Rule, r.labels LabelsJson, r.account_code AccountCode
            from notifier_deliveries d left join sigma_cloud_events_tracker_registers r on r.alert_id = d.alert_id
            where {string.Join(" and ", where)} order by d.created_at desc, d.alert_id, d.channel, d.kind desc limit {limit}
            """, new { States = filter.States.Select(state => state.Stored()), filter.Channel }, ct);
    }

    /// <summary>How many are not settled, or only a person can settle, by channel and state; those of drills settle themselves.</summary>
    public async Task<IReadOnlyList<OpenCount>> Open(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await session.Query<OpenCount>( // ix_deliveries_state (state, next_attempt_at)
            """
            select channel Channel, state State, count(*) Number, min(created_at) Oldest, min(next_attempt_at) NextTry
            from notifier_deliveries where state in ('pending', 'waiting', 'sending', 'held', 'failed', 'uncertain')
              and alert_id not in (select alert_id from notifier_drills) group by channel, state order by channel, state
            """, new { }, ct);
    }

    /// <summary>The same of notices: what the tracker has to say of itself. Those in doubt count since a time, for they are soon of no use.</summary>
    public async Task<IReadOnlyList<OpenCount>> OpenNotices(long doubtsSince, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await session.Query<OpenCount>( // ix_notices_state (state, next_attempt_at)
            """
            select channel Channel, state State, count(*) Number, min(created_at) Oldest, min(next_attempt_at) NextTry
            from notifier_notices where state in ('pending', 'sending') or (state = 'uncertain' and settled_at > @doubtsSince)
            group by channel, state order by channel, state
            """, new { doubtsSince }, ct);
    }
}

/// <summary>Which deliveries are asked about.</summary>
/// <param name="States">In one of these; in any when there are none.</param>
/// <param name="Channel">On this channel, or on any.</param>
/// <param name="Ids">With one of these ids, or of an alert with one of them; any when there are none.</param>
public sealed record DeliveryFilter(IReadOnlyCollection<DeliveryState> States, string? Channel, IReadOnlyCollection<Guid> Ids);

/// <summary>A delivery with what its alert is about. Times as stored.</summary>
public sealed class FoundDelivery : DeliveryOutcome
{
    internal string? LabelsJson { get; init; }

    /// <summary>Its id.</summary>
    public Guid Id { get; init; }

    /// <summary>Name of the rule; null when the alert's row is gone.</summary>
    public string? Rule { get; init; }

    /// <summary>The vendor's name for what it took: an id, of a flow run its address.</summary>
    public string? Receipt { get; init; }

    /// <summary>The account's code, where it is known.</summary>
    public string? AccountCode { get; init; }

    /// <summary>Empty when the alert's row is gone.</summary>
    public IReadOnlyDictionary<string, string> Labels =>
        LabelsJson is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(LabelsJson) ?? [];
}

/// <summary>How many are in a state. Times as stored.</summary>
public sealed class OpenCount
{
    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The state.</summary>
    public DeliveryState State { get; init; }

    /// <summary>How many.</summary>
    public long Number { get; init; }

    /// <summary>When the oldest was decided on.</summary>
    public long Oldest { get; init; }

    /// <summary>When the first of those that are tried by themselves is tried next.</summary>
    public long? Next => State is DeliveryState.Failed or DeliveryState.Uncertain ? null : NextTry;

    internal long NextTry { get; init; }
}
