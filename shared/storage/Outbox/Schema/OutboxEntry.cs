using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Storage.Outbox.Schema;

[Table("outbox"), Description("Messages on their way out, written in the transaction that caused them.")]
[Index(nameof(Owner), nameof(DeliverAt), nameof(Id), Name = "ix_outbox_due")]
[Index(nameof(MessageId), Name = "ix_outbox_message")]
internal sealed class OutboxEntry
{
    public long Id { get; init; }

    [MaxLength(32), ByBytes]
    public required string Owner { get; init; }

    public Guid MessageId { get; init; }

    [MaxLength(512)]
    public required string Destination { get; init; }

    [MaxLength(128)]
    public required string ContentType { get; init; }

    [MaxLength(2000)]
    public required string MessageType { get; init; }

    [LongText("mediumtext")]
    public required string Body { get; init; }

    [LongText]
    public string? Headers { get; init; }

    [LongText]
    public string? Properties { get; init; }

    public Guid? CorrelationId { get; init; }

    public Guid? ConversationId { get; init; }

    public Guid? InitiatorId { get; init; }

    [MaxLength(512)]
    public string? Source { get; init; }

    public DateTimeOffset SentAt { get; init; }

    public DateTimeOffset DeliverAt { get; init; }

    [Zero]
    public int Attempts { get; init; }
}
