using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("notifier_deliveries")]
[Description("Notifier: what is to be said of an alert on one channel.")]
[PrimaryKey(nameof(DeliveryId))]
[Index(nameof(AlertId), nameof(Kind), nameof(Channel), Name = "uq_deliveries_alert", IsUnique = true)]
[Index(nameof(State), nameof(NextAttemptAt), Name = "ix_deliveries_state")]
[Index(nameof(SettledAt), Name = "ix_deliveries_settled")]
[Index(nameof(Channel), nameof(State), nameof(NextAttemptAt), Name = "ix_deliveries_line")]
internal sealed class DeliveryRow
{
    public Guid DeliveryId { get; init; }

    public Guid AlertId { get; init; }

    [MaxLength(16), ByBytes]
    public required string Kind { get; init; }

    [MaxLength(32), ByBytes]
    public required string Channel { get; init; }

    [MaxLength(16), ByBytes]
    public required string State { get; init; }

    [Zero]
    public int Attempts { get; init; }

    [MaxLength(500)]
    public string? Reason { get; init; }

    [MaxLength(255)]
    public string? Receipt { get; init; }

    [Zero]
    public DateTimeOffset ClaimedUntil { get; init; }

    public DateTimeOffset NextAttemptAt { get; init; }

    public DateTimeOffset GiveUpAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    public int? Escalation { get; init; }
}
