using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_alert_notes")]
[Description("Evaluator: what people did with alerts, command by command: a command that comes again is here already.")]
[PrimaryKey(nameof(AlertId), nameof(CommandId))]
[Index(nameof(DoneAt), Name = "ix_evaluator_alert_notes_time")]
internal sealed class AlertNoteRow
{
    public Guid AlertId { get; init; }

    public Guid CommandId { get; init; }

    [MaxLength(16)]
    public required string What { get; init; }

    [MaxLength(100)]
    public required string DoneBy { get; init; }

    [MaxLength(1000)]
    public string? Comment { get; init; }

    [MaxLength(100)]
    public string? AssignedTo { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    public DateTimeOffset DoneAt { get; init; }
}
