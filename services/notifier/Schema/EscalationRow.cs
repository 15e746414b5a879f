using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("notifier_escalations")]
[Description("Notifier: the steps by which more receivers are told of an alert that nobody takes on, as they were when it was raised.")]
[PrimaryKey(nameof(EscalationId))]
[Index(nameof(AlertId), Name = "ix_escalations_alert")]
[Index(nameof(State), nameof(DueAt), Name = "ix_escalations_state")]
[Index(nameof(EndedAt), Name = "ix_escalations_ended")]
internal sealed class EscalationRow
{
    public Guid EscalationId { get; init; }

    public Guid AlertId { get; init; }

    [MaxLength(32), ByBytes]
    public required string Policy { get; init; }

    [LongText]
    public required string Steps { get; init; }

    [Zero]
    public int NextStep { get; init; }

    public DateTimeOffset DueAt { get; init; }

    [MaxLength(16), ByBytes]
    public required string State { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
