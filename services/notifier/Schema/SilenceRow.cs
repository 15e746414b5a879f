using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("notifier_silences")]
[Description("Notifier: which alerts are not told for a while, who said so, and why. Added and ended, never changed.")]
[PrimaryKey(nameof(SilenceId))]
[Index(nameof(EndsAt), Name = "ix_silences_ends")]
internal sealed class SilenceRow
{
    public Guid SilenceId { get; init; }

    [LongText]
    public required string Matchers { get; init; }

    public DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset EndsAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    [MaxLength(100)]
    public required string CreatedBy { get; init; }

    [MaxLength(500)]
    public required string Why { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    [MaxLength(100)]
    public string? EndedBy { get; init; }
}
