namespace Sigma.Storage.Queries;

/// <summary>What services have decided to send and the broker does not have.</summary>
public sealed class OutboxQuery(Database database)
{
    /// <summary>Messages that are due or were tried, by service.</summary>
    /// <param name="now">As stored.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<IReadOnlyList<UnsentMessages>> Unsent(long now, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await session.Query<UnsentMessages>( // ix_outbox_due (owner, deliver_at, id)
            """
            select owner Owner, count(*) Number, max(attempts) Attempts, @now - min(deliver_at) Late
            from outbox where deliver_at <= @now or attempts > 0 group by owner order by owner
            """, new { now }, ct);
    }
}

/// <summary>A service's messages that the broker does not have.</summary>
public sealed class UnsentMessages
{
    /// <summary>The service.</summary>
    public string Owner { get; init; } = "";

    /// <summary>How many.</summary>
    public long Number { get; init; }

    /// <summary>Most tries of one of them.</summary>
    public int Attempts { get; init; }

    /// <summary>Milliseconds since the first of them was to be sent.</summary>
    public long Late { get; init; }
}
