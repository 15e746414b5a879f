using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("sigma_cloud_events_tracker_triggers")]
[Description("The trigger saga: a row is an alert that is raised now. Columns up to updated_at are the former tracker's.")]
[PrimaryKey(nameof(Id))]
[Index(nameof(TriggerId), Name = "uq_triggers_trigger", IsUnique = true)]
[Index(nameof(Rule), nameof(ClearCheckAt), Name = "ix_triggers_clear_check")]
[Index(nameof(AlertId), Name = "ix_triggers_alert")]
internal sealed class TriggerRow
{
    public uint Id { get; init; }

    public long AccountId { get; init; }

    [MaxLength(255)]
    public required string Cuc { get; init; }

    [MaxLength(255)]
    public required string Code { get; init; }

    [Now]
    public DateTime CreatedAt { get; init; }

    [Now]
    public DateTime UpdatedAt { get; init; }

    public Guid? TriggerId { get; init; }

    [MaxLength(16), ByBytes]
    public string? State { get; init; }

    [MaxLength(100), ByBytes]
    public string? Rule { get; init; }

    [MaxLength(64), ByBytes]
    public string? Source { get; init; }

    [ByBytes]
    public Dictionary<string, string>? Labels { get; init; }

    [MaxLength(32)]
    public string? Severity { get; init; }

    public Guid? AlertId { get; init; }

    public int? Quantity { get; init; }

    public int? Threshold { get; init; }

    public DateTimeOffset? RaisedAt { get; init; }

    public DateTimeOffset? ClearCheckAt { get; init; }

    [Zero]
    public int Version { get; init; }

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

    public DateTimeOffset? AcknowledgedAt { get; init; }

    [MaxLength(100)]
    public string? AcknowledgedBy { get; init; }

    public long? RuleRevision { get; init; }

    public int? Shadow { get; init; }

    [MaxLength(100)]
    public string? AssignedTo { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    public DateTimeOffset? LastTold { get; init; }
}
