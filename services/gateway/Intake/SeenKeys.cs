using Sigma.Storage;

namespace Sigma.Gateway.Intake;

/// <summary>The keys by which a repeated delivery is known.</summary>
internal static class SeenKeys
{
    const int RowsPerStatement = 500;

    /// <summary>
    /// Remembers keys, each with the delivery it came by first. Returns those that were there before; another gateway that is about to add the same
    /// is waited for.
    /// </summary>
    public static async Task<HashSet<Guid>> Add(DbSession session, IReadOnlyDictionary<Guid, Guid> deliveries, long now, CancellationToken ct)
    {
        HashSet<Guid> seen = [];
        foreach (var some in deliveries.OrderBy(key => key.Key).Chunk(RowsPerStatement)) // every gateway in the same order
        {
            using SqlRows rows = new(session.Dialect);
            foreach (var (key, delivery) in some)
                rows.Add(key, delivery, now);
            var added = await session.Execute($"{session.Dialect.InsertIgnore} into gateway_seen(id, delivery_id, seen_at) values {rows}", null, ct);
            if (added == some.Length)
                continue;
            foreach (var row in await session.Query<Row>( // primary key
                $"select id Id, delivery_id DeliveryId from gateway_seen where id in ({some.Select(key => key.Key).Literals()})", null, ct))
                if (deliveries[row.Id] != row.DeliveryId)
                    seen.Add(row.Id);
        }
        return seen;
    }

    sealed class Row
    {
        public Guid Id { get; init; }
        public Guid DeliveryId { get; init; }
    }
}
