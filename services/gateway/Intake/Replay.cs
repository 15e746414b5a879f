using System.Text.Json;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Liveness;
using Sigma.Storage;

namespace Sigma.Gateway.Intake;

/// <summary>What came of reading a delivery again.</summary>
/// <param name="State">What it is now; null when it cannot be replayed.</param>
/// <param name="Items">Pieces of news in it.</param>
/// <param name="Reason">Why not, or what is wrong with it.</param>
internal sealed record Replayed(IntakeState? State, int Items, string? Reason);

/// <summary>
/// Reads a kept body again as the integration is now. What is understood is published as of the time it came: what is known newer stays, and what was
/// raised already is not raised again.
/// </summary>
internal sealed class Replay(Database database, WebhookReading reading, ConditionIntake intake, IntakeSlices slices, IntegrationBook book)
{
    const string FromNamed = "/in";

    /// <summary>Reads it; null when there is no such delivery.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="isFirstReading">Whether it has never been understood before.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Replayed?> Run(long id, bool isFirstReading, CancellationToken ct)
    {
        if (await Find(id, ct) is not { } row)
            return null;
        if (book.Find(row.Integration) is not { } integration)
            return new(null, 0, $"the integration {row.Integration} is not there, or off");
        if (!row.Via.EndsWith(FromNamed, StringComparison.Ordinal) || !reading.Kinds.Contains(integration.Kind))
            return new(null, 0, $"what came by {row.Via} is not replayed: its sender sends it again by itself");
        var headers = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Headers) ?? [];
        Delivery delivery = new(row.DeliveryId, integration, Packed.Unpack(row.Body),
            new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase), row.ReceivedAt.ToTime()) { Via = row.Via };
        var read = await reading.Read(delivery, ct);
        IntakeWork work = new(delivery, read.Reading?.Items ?? [], slices.Current)
        {
            State = read.Result switch
            {
                ReadResult.Understood => IntakeState.Kept,
                ReadResult.Malformed => IntakeState.Malformed,
                ReadResult.Refused => IntakeState.Refused,
                _ => IntakeState.Unread,
            },
            Place = read.Place, Reason = read.Reason, ConfirmAt = read.Reading?.ConfirmAt, ReplayOf = id,
            IsFirstReading = isFirstReading && row.State != IntakeState.Kept.Stored(),
        };
        await intake.Keep(work, ct);
        return new(work.State, work.Items.Count, read.Reason);
    }

    async Task<Row?> Find(long id, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await session.First<Row>( // primary key
            """
            select delivery_id DeliveryId, integration Integration, via Via, received_at ReceivedAt, state State, headers Headers, body Body
            from gateway_intake where id = @id
            """, new { id }, ct);
    }

    sealed class Row
    {
        public Guid DeliveryId { get; init; }
        public string Integration { get; init; } = "";
        public string Via { get; init; } = "";
        public long ReceivedAt { get; init; }
        public string State { get; init; } = "";
        public string Headers { get; init; } = "";
        public byte[] Body { get; init; } = [];
    }
}
