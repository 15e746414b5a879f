using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_events")]
[Description("Evaluator: every event once.")]
[PrimaryKey(nameof(EventKey))]
[Index(nameof(OccurredAt), Name = "ix_evaluator_events_time")]
[Index(nameof(Labels), nameof(OccurredAt), Name = "ix_evaluator_events_labels")]
internal sealed class EventRow
{
    public Guid EventKey { get; init; }

    [MaxLength(64)]
    public required string Source { get; init; }

    [MaxLength(128)]
    public required string EventId { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    public required Dictionary<string, string> Labels { get; init; }

    public Guid? OccurrenceKey { get; init; }

    [MaxLength(64)]
    public string? ReportedTime { get; init; }
}
