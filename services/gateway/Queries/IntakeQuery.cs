using System.Text.Json;
using Sigma.Gateway.Intake;
using Sigma.Storage;

namespace Sigma.Gateway.Queries;

/// <summary>What was delivered, raw, and what was understood of it.</summary>
public sealed class IntakeQuery(Database database)
{
    // Of one statement: SQLite takes 500 parts.
    const int MostAtOnce = 100;

    const string Columns =
        """
        id Id, delivery_id DeliveryId, integration Integration, kind Kind, via Via, received_at ReceivedAtMs, state State, place Place, reason Reason,
          items Items, duplicates Duplicates, tries Tries, body_bytes BodyBytes, understood UnderstoodPacked
        """;

    /// <summary>Deliveries in their order.</summary>
    /// <param name="integration">Of this integration; null for all.</param>
    /// <param name="state">In this state; null for all.</param>
    /// <param name="after">Those after this number in that order; null from the first on.</param>
    /// <param name="newestFirst">The newest first; else the oldest.</param>
    /// <param name="most">So many at most.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<KeptDelivery>> List(string? integration, string? state, long? after, bool newestFirst, int most,
        CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await session.Query<KeptDelivery>( // primary key, ix_gateway_intake_integration or ix_gateway_intake_state
            $"""
            select {Columns} from gateway_intake where id {(newestFirst ? "<" : ">")} @after
              {(integration is null ? "" : "and integration = @integration")} {(state is null ? "" : "and state = @state")}
            order by id {(newestFirst ? "desc" : "")} limit {most}
            """, new { after = after ?? (newestFirst ? long.MaxValue : 0), integration, state }, ct);
    }

    /// <summary>The last delivery of each of these integrations, by name; those that sent nothing that is kept are left out.</summary>
    public async Task<IReadOnlyDictionary<string, LastDelivery>> Last(IEnumerable<string> integrations, CancellationToken ct)
    {
        Dictionary<string, LastDelivery> last = [];
        await using var session = await database.Begin(ct);
        foreach (var names in integrations.Distinct().Chunk(MostAtOnce))
        {
            // A part for each: the end of its range of ix_gateway_intake_integration, however much lies before it.
            var parts = names.Select((_, i) =>
                $"""
                select * from (
                  select integration Integration, id Id, received_at ReceivedAtMs, state State from gateway_intake where integration = @n{i}
                  order by id desc limit 1) l{i}
                """);
            foreach (var delivery in await session.Query<LastDelivery>(string.Join(" union all ", parts),
                names.Select((name, i) => KeyValuePair.Create($"n{i}", (object)name)).ToDictionary(), ct))
                last[delivery.Integration] = delivery;
        }
        return last;
    }

    /// <summary>One delivery with its body; null when there is none.</summary>
    public async Task<KeptBody?> Find(long id, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var found = await session.First<Row>( // primary key
            $"select {Columns}, headers Headers, body BodyPacked from gateway_intake where id = @id", new { id }, ct);
        return found is null ? null : new(found, JsonSerializer.Deserialize<Dictionary<string, string>>(found.Headers) ?? [],
            Packed.Unpack(found.BodyPacked));
    }

    /// <summary>Has a delivery read again by a gateway, within seconds. False when there is none.</summary>
    public async Task<bool> OrderReplay(long id, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var found = await session.Execute( // primary key
            $"update gateway_intake set state = '{nameof(IntakeState.Replay).ToLowerInvariant()}' where id = @id", new { id }, ct);
        await session.Commit(ct);
        return found > 0;
    }

    sealed record Row : KeptDelivery
    {
        public string Headers { get; init; } = "";
        public byte[] BodyPacked { get; init; } = [];
    }
}

/// <summary>What was delivered.</summary>
public record KeptDelivery
{
    /// <summary>Its number, which only grows.</summary>
    public long Id { get; init; }

    /// <summary>Its id.</summary>
    public Guid DeliveryId { get; init; }

    /// <summary>Who sent it.</summary>
    public string Integration { get; init; } = "";

    /// <summary>The integration's kind then.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Method and path it came by, without key.</summary>
    public string Via { get; init; } = "";

    /// <summary>When it came, UTC.</summary>
    public DateTimeOffset ReceivedAt => ReceivedAtMs.ToTime();

    /// <summary><c>kept</c>, <c>duplicate</c>, <c>malformed</c>, <c>refused</c>, <c>unread</c> or <c>replay</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Where in the body something is wrong; null where nothing is.</summary>
    public string? Place { get; init; }

    /// <summary>What is wrong; null where nothing is.</summary>
    public string? Reason { get; init; }

    /// <summary>Pieces of news in it.</summary>
    public int Items { get; init; }

    /// <summary>How many of them had been delivered before.</summary>
    public int Duplicates { get; init; }

    /// <summary>How often it was read again.</summary>
    public int Tries { get; init; }

    /// <summary>Bytes of the body, unpacked.</summary>
    public int BodyBytes { get; init; }

    /// <summary>What was understood, as the body says it.</summary>
    public IReadOnlyList<UnderstoodItem> Understood => Packed.Items(UnderstoodPacked);

    internal long ReceivedAtMs { get; init; }

    internal byte[] UnderstoodPacked { get; init; } = [];
}

/// <summary>The last that an integration sent.</summary>
public sealed record LastDelivery
{
    /// <summary>Who sent it.</summary>
    public string Integration { get; init; } = "";

    /// <summary>Its number.</summary>
    public long Id { get; init; }

    /// <summary>When it came, UTC.</summary>
    public DateTimeOffset ReceivedAt => ReceivedAtMs.ToTime();

    /// <summary><c>kept</c>, <c>duplicate</c>, <c>malformed</c>, <c>refused</c>, <c>unread</c> or <c>replay</c>.</summary>
    public string State { get; init; } = "";

    internal long ReceivedAtMs { get; init; }
}

/// <summary>A delivery with all that came.</summary>
/// <param name="Delivery">It.</param>
/// <param name="Headers">The request's headers, without secrets.</param>
/// <param name="Body">The body, unpacked.</param>
public sealed record KeptBody(KeptDelivery Delivery, IReadOnlyDictionary<string, string> Headers, byte[] Body);
