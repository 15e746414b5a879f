using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("notifier_decisions")]
[Description("Notifier: what was decided about telling of an alert, also that it is not told.")]
[PrimaryKey(nameof(DecisionId))]
[Index(nameof(AlertId), nameof(DecidedAt), Name = "ix_decisions_alert")]
[Index(nameof(DecidedAt), Name = "ix_decisions_decided")]
internal sealed class DecisionRow
{
    public Guid DecisionId { get; init; }

    public Guid AlertId { get; init; }

    public DateTimeOffset DecidedAt { get; init; }

    [MaxLength(16), ByBytes]
    public required string Kind { get; init; }

    [MaxLength(32), ByBytes]
    public string? Channel { get; init; }

    [MaxLength(500)]
    public required string Reason { get; init; }
}
