using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("notifier_snoozes")]
[Description("Notifier: alerts that a person wants to hear no more of for a while. One row an alert: the newest news of it.")]
[PrimaryKey(nameof(AlertId))]
[Index(nameof(EndedAt), nameof(EndsAt), Name = "ix_snoozes_ended")]
internal sealed class SnoozeRow
{
    public Guid AlertId { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    [MaxLength(100)]
    public required string SnoozedBy { get; init; }

    [MaxLength(500)]
    public string? Comment { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    [Zero]
    public int Reminders { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
