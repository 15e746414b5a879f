using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("sigma_cloud_events_tracker_registers")]
[Description("Notifier: one row per alert. Columns up to updated_at are the former tracker's.")]
[PrimaryKey(nameof(Id))]
[Index(nameof(AlertId), Name = "uq_registers_alert", IsUnique = true)]
[Index(nameof(CreatedAt), Name = "ix_registers_created")]
[Index(nameof(Labels), nameof(CreatedAt), Name = "ix_registers_labels")]
[Index(nameof(ClearedAt), nameof(AlertId), Name = "ix_registers_open")]
internal sealed class RegisterRow
{
    public uint Id { get; init; }

    [MaxLength(255)]
    public required string AccountCode { get; init; }

    [MaxLength(255)]
    public required string TradeName { get; init; }

    [MaxLength(255)]
    public required string CompanyTradeName { get; init; }

    [MaxLength(255)]
    public required string ClientGroupName { get; init; }

    [MaxLength(255)]
    public required string Cuc { get; init; }

    [MaxLength(255)]
    public required string Code { get; init; }

    public int Quantity { get; init; }

    public DateTime PeriodStartedAt { get; init; }

    public DateTime PeriodEndedAt { get; init; }

    [Now]
    public DateTime CreatedAt { get; init; }

    [Now]
    public DateTime UpdatedAt { get; init; }

    public Guid? AlertId { get; init; }

    [MaxLength(100), ByBytes]
    public string? Rule { get; init; }

    [MaxLength(32)]
    public string? Severity { get; init; }

    [MaxLength(64), ByBytes]
    public string? Source { get; init; }

    [ByBytes]
    public Dictionary<string, string>? Labels { get; init; }

    public int? Threshold { get; init; }

    public DateTimeOffset? RaisedAt { get; init; }

    public DateTimeOffset? ClearedAt { get; init; }

    public int? ClearedQuantity { get; init; }

    [MaxLength(32)]
    public string? ClearedReason { get; init; }

    [MaxLength(16), ByBytes]
    public string? Kind { get; init; }

    [MaxLength(32)]
    public string? Category { get; init; }

    [MaxLength(500)]
    public string? Summary { get; init; }

    public double? Value { get; init; }

    public double? LimitValue { get; init; }

    [MaxLength(16)]
    public string? Unit { get; init; }

    [MaxLength(2000)]
    public string? Url { get; init; }

    [LongText("mediumtext")]
    public string? Annotations { get; init; }

    public double? ClearedValue { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    [MaxLength(100)]
    public string? AcknowledgedBy { get; init; }
}
