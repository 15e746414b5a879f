using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("notifier_drills")]
[Description("Notifier: the alerts of drills, for an hour. What other reports read has none of them.")]
[PrimaryKey(nameof(AlertId))]
internal sealed class DrillAlertRow
{
    public Guid AlertId { get; init; }

    [MaxLength(255), ByBytes]
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

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    [MaxLength(100), ByBytes]
    public required string Rule { get; init; }

    [MaxLength(32)]
    public required string Severity { get; init; }

    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    [ByBytes]
    public required Dictionary<string, string> Labels { get; init; }

    public int Threshold { get; init; }

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
