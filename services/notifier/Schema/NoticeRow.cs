using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("notifier_notices")]
[Description("Notifier: what is to be said on one channel that is not about an alert.")]
[PrimaryKey(nameof(NoticeId))]
[Index(nameof(Subject), nameof(Kind), nameof(Channel), Name = "uq_notices_subject", IsUnique = true)]
[Index(nameof(State), nameof(NextAttemptAt), Name = "ix_notices_state")]
internal sealed class NoticeRow
{
    public Guid NoticeId { get; init; }

    public Guid Subject { get; init; }

    [MaxLength(16), ByBytes]
    public required string Kind { get; init; }

    [MaxLength(32), ByBytes]
    public required string Channel { get; init; }

    [LongText]
    public required string Says { get; init; }

    [MaxLength(16), ByBytes]
    public required string State { get; init; }

    [Zero]
    public int Attempts { get; init; }

    [MaxLength(500)]
    public string? Reason { get; init; }

    public DateTimeOffset NextAttemptAt { get; init; }

    public DateTimeOffset GiveUpAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }
}
