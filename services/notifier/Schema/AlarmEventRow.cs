using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("sigma_cloud_alarm_events")]
[Description("Notifier: alarm events put into Segware. Columns up to updated_at are the former tracker's.")]
[PrimaryKey(nameof(Id))]
[Index(nameof(DeliveryId), Name = "uq_alarm_events_delivery", IsUnique = true)]
[Index(nameof(CreatedAt), Name = "ix_alarm_events_created")]
internal sealed class AlarmEventRow
{
    public uint Id { get; init; }

    [MaxLength(255)]
    public required string ApplicationType { get; init; }

    [MaxLength(255)]
    public required string Account { get; init; }

    [MaxLength(255)]
    public required string Auxiliary { get; init; }

    [MaxLength(255)]
    public required string Code { get; init; }

    public long CompanyId { get; init; }

    [MaxLength(255)]
    public required string Complement { get; init; }

    [MaxLength(255)]
    public required string EventId { get; init; }

    [MaxLength(255)]
    public required string EventLog { get; init; }

    [MaxLength(255)]
    public required string Partition { get; init; }

    [MaxLength(255)]
    public required string ProtocolType { get; init; }

    [MaxLength(16)]
    public required string Status { get; init; }

    [Now]
    public DateTime CreatedAt { get; init; }

    [Now]
    public DateTime UpdatedAt { get; init; }

    public Guid? DeliveryId { get; init; }
}
