using MassTransit;
using MassTransit.Metadata;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using MassTransit.Serialization;

namespace Sigma.Storage.Outbox;

/// <summary>A message on its way out, as stored.</summary>
internal sealed class OutboxRow : OutboxMessageContext
{
    public long Id { get; init; }
    public string Destination { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string MessageType { get; init; } = "";
    public string Body { get; init; } = "";
    public string? HeaderJson { get; init; }
    public string? PropertyJson { get; init; }
    public string? SourceText { get; init; }
    public long SentAt { get; init; }
    public int Attempts { get; init; }

    public long SequenceNumber => Id;
    public Guid MessageId { get; init; }
    Guid? MessageContext.MessageId => MessageId;
    public Guid? RequestId => null;
    public Guid? CorrelationId { get; init; }
    public Guid? ConversationId { get; init; }
    public Guid? InitiatorId { get; init; }
    public DateTime? SentTime => SentAt.ToTime().UtcDateTime;
    public DateTime? ExpirationTime => null;
    public Uri? SourceAddress => SourceText is { Length: > 0 } s ? new Uri(s) : null;
    public Uri? DestinationAddress => new(Destination);
    public Uri? ResponseAddress => null;
    public Uri? FaultAddress => null;
    public HostInfo Host => HostMetadataCache.Host;
    public Headers Headers { get; private set; } = EmptyHeaders.Instance;
    public IReadOnlyDictionary<string, object> Properties { get; private set; } = new Dictionary<string, object>();

    public OutboxRow Deserialize(IObjectDeserializer deserializer)
    {
        if (deserializer.DeserializeDictionary<object?>(HeaderJson) is { } headers)
            Headers = new DictionarySendHeaders(headers);
        if (deserializer.DeserializeDictionary<object>(PropertyJson) is { } properties)
            Properties = properties;
        return this;
    }
}
