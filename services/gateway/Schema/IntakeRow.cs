using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Gateway.Schema;

[Table("gateway_intake")]
[Description("Gateway: what was delivered, raw, with what was understood of it or why not. Kept for Gateway__KeepBodies.")]
[Index(nameof(DeliveryId), Name = "ix_gateway_intake_delivery", IsUnique = true)]
[Index(nameof(Integration), nameof(Id), Name = "ix_gateway_intake_integration")]
[Index(nameof(State), nameof(Id), Name = "ix_gateway_intake_state")]
[Index(nameof(ReceivedAt), Name = "ix_gateway_intake_time")]
internal sealed class IntakeRow
{
    public long Id { get; init; }

    public Guid DeliveryId { get; init; }

    [MaxLength(64), ByBytes]
    public required string Integration { get; init; }

    [MaxLength(32), ByBytes]
    public required string Kind { get; init; }

    [MaxLength(64)]
    public required string Via { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    [MaxLength(16), ByBytes]
    public required string State { get; init; }

    [MaxLength(200)]
    public string? Place { get; init; }

    [MaxLength(1000)]
    public string? Reason { get; init; }

    public int Items { get; init; }

    public int Duplicates { get; init; }

    public int Tries { get; init; }

    public int BodyBytes { get; init; }

    [LongText]
    public required string Headers { get; init; }

    [Column(TypeName = "mediumblob")]
    public required byte[] Body { get; init; }

    [Column(TypeName = "mediumblob")]
    public required byte[] Understood { get; init; }
}
