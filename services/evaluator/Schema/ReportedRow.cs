using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_reported")]
[Description("Evaluator: each condition that somebody else's monitoring has reported, for each key of an external rule.")]
[PrimaryKey(nameof(TriggerId), nameof(ConditionId))]
[Index(nameof(Rule), nameof(DueAt), Name = "ix_evaluator_reported_due")]
internal sealed class ReportedRow
{
    public Guid TriggerId { get; init; }

    public Guid ConditionId { get; init; }

    [MaxLength(100), ByBytes]
    public required string Rule { get; init; }

    [ByBytes]
    public required Dictionary<string, string> Labels { get; init; }

    [MaxLength(255), ByBytes]
    public required string ExternalId { get; init; }

    public int Fires { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset ReportedAt { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    [MaxLength(500)]
    public string? Title { get; init; }

    [MaxLength(32)]
    public string? Severity { get; init; }

    [MaxLength(2000)]
    public string? Url { get; init; }

    [LongText("mediumtext")]
    public string? Annotations { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? KnownUntil { get; init; }

    public int? Acknowledged { get; init; }
}
