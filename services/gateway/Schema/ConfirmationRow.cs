using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Gateway.Schema;

[Table("gateway_confirmations")]
[Description("Gateway: addresses that senders want called to confirm a subscription, until they were called or given up.")]
[PrimaryKey(nameof(Id))]
[Index(nameof(DueAt), Name = "ix_gateway_confirmations_due")]
internal sealed class ConfirmationRow
{
    public Guid Id { get; init; }

    [MaxLength(64), ByBytes]
    public required string Integration { get; init; }

    [MaxLength(32), ByBytes]
    public required string Kind { get; init; }

    [LongText]
    public required string Address { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public int Tries { get; init; }
}
