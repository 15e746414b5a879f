using MassTransit;
using MassTransit.Context;
using Sigma.Storage.ClockSteps;

namespace Sigma.Storage.Outbox;

/// <summary>The outbox table. Each service sees its own rows.</summary>
internal sealed class OutboxTable(OutboxOwner owner, TimeProvider time) : IClockStepRepair
{
    /// <summary>How long a relay has for the rows it took before another may take them: its sends end after half of it.</summary>
    static readonly TimeSpan Claim = TimeSpan.FromSeconds(20);

    /// <summary>The longest wait of a row that could not be sent.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>Further ahead than any clock of this time puts a row that was tried.</summary>
    static readonly TimeSpan Future = TimeSpan.FromMinutes(1);

    public Task Add<T>(DbSession session, SendContext<T> context, IObjectDeserializer serializer, CancellationToken ct) where T : class
    {
        var now = time.GetUtcNow();
        var deliverAt = now + (context.Delay ?? TimeSpan.Zero);
        context.Delay = null; // else the relay's send asks the broker for a delayed exchange
        var properties = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        (context as TransportSendContext<T>)?.WritePropertiesTo(properties);
        return session.Execute(
            """
            insert into outbox(owner, message_id, destination, content_type, message_type, body, headers, properties,
              correlation_id, conversation_id, initiator_id, source, sent_at, deliver_at, attempts)
            values(@Owner, @MessageId, @Destination, @ContentType, @MessageType, @Body, @Headers, @Properties,
              @CorrelationId, @ConversationId, @InitiatorId, @Source, @SentAt, @DeliverAt, 0)
            """,
            new
            {
                Owner = owner.Name,
                MessageId = context.MessageId ?? NewId.NextGuid(),
                Destination = context.DestinationAddress!.ToString(),
                ContentType = (context.ContentType ?? context.Serialization.DefaultContentType).ToString(),
                MessageType = string.Join(';', context.SupportedMessageTypes),
                Body = context.Serializer.GetMessageBody(context).GetString(),
                Headers = serializer.SerializeDictionary(context.Headers.GetAll()),
                Properties = serializer.SerializeDictionary(properties),
                context.CorrelationId,
                context.ConversationId,
                context.InitiatorId,
                Source = context.SourceAddress?.ToString(),
                SentAt = now.ToUnixTimeMilliseconds(),
                DeliverAt = deliverAt.ToUnixTimeMilliseconds(),
            }, ct);
    }

    /// <summary>Takes due rows by pushing their time ahead: a relay that dies with claimed rows only delays them.</summary>
    public async Task<List<OutboxRow>> Take(DbSession session, CancellationToken ct)
    {
        var now = time.Milliseconds();
        // ix_outbox_due (owner, deliver_at, id)
        var rows = await session.Query<OutboxRow>(
            $"""
            select id Id, message_id MessageId, destination Destination, content_type ContentType, message_type MessageType, body Body,
              headers HeaderJson,
              properties PropertyJson, correlation_id CorrelationId, conversation_id ConversationId, initiator_id InitiatorId, source SourceText,
              sent_at SentAt,
              attempts Attempts
            from outbox where owner = @owner and deliver_at <= @now order by deliver_at, id limit 200 {session.Dialect.ForUpdateSkipLocked}
            """, new { owner = owner.Name, now }, ct);
        if (rows.Count > 0)
            await session.Execute(
                $"update outbox set deliver_at = {now + (long)Claim.TotalMilliseconds}, attempts = attempts + 1 where id in "
                    + $"({In(rows.Select(r => r.Id))})",
                null, ct);
        return rows;
    }

    public Task Remove(DbSession session, IEnumerable<long> ids, CancellationToken ct) =>
        session.Execute($"delete from outbox where id in ({In(ids)})", null, ct);

    public Task Remove(DbSession session, IEnumerable<Guid> messageIds, CancellationToken ct) =>
        // ix_outbox_message
        session.Execute($"delete from outbox where owner = {session.Dialect.Text(owner.Name)} and message_id in ({messageIds.Literals()})", null, ct);

    /// <summary>Gives rows that could not be sent back for a later try, the wait growing with each.</summary>
    public Task PutBack(DbSession session, IReadOnlyCollection<OutboxRow> rows, CancellationToken ct) =>
        session.Execute(
            $"update outbox set deliver_at = {time.Milliseconds()} + case when attempts > 3 then {LongestWait.TotalMilliseconds:0} else 1000 * "
                + $"attempts * attempts end where id in ({In(rows.Select(r => r.Id))})",
            null, ct);

    /// <summary>When the next row falls due; null when there is none.</summary>
    public Task<long?> NextDue(DbSession session, CancellationToken ct) =>
        session.First<long?>("select min(deliver_at) from outbox where owner = @owner", new { owner = owner.Name }, ct); // ix_outbox_due

    /// <summary>How many are due or have failed at least once.</summary>
    public Task<long> CountWaiting(DbSession session, CancellationToken ct) => session.First<long>( // ix_outbox_due
        "select count(*) from outbox where owner = @owner and (deliver_at <= @now or attempts > 0)",
        new { owner = owner.Name, now = time.Milliseconds() }, ct);

    /// <summary>
    /// Rows written, taken or given back while a clock was ahead would be due hours from now. One that was tried waits for seconds; one that was not
    /// was written before it is due.
    /// </summary>
    public Task<int> Repair(DbSession session, long now, CancellationToken ct) => session.Execute( // ix_outbox_due
        """
        update outbox set deliver_at = @now, sent_at = case when sent_at > @now then @now else sent_at end
        where owner = @owner and deliver_at > @future and (sent_at > @future or attempts > 0)
        """, new { owner = owner.Name, now, future = now + (long)Future.TotalMilliseconds }, ct);

    static string In(IEnumerable<long> ids) => string.Join(',', ids);
}
