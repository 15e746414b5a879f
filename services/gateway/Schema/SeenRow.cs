using System.ComponentModel;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Sigma.Gateway.Schema;

[Table("gateway_seen")]
[Description("Gateway: what was delivered, by the keys by which its repetition is known. Kept for Gateway__KeepKeys.")]
[PrimaryKey(nameof(Id))]
[Index(nameof(SeenAt), Name = "ix_gateway_seen_time")]
internal sealed class SeenRow
{
    public Guid Id { get; init; }

    public Guid DeliveryId { get; init; }

    public DateTimeOffset SeenAt { get; init; }
}
