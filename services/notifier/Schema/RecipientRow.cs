using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("notifier_recipients")]
[Description("Notifier: when each recipient of a channel may be told something again. The recipient itself is not kept, only a hash of it.")]
[PrimaryKey(nameof(Channel), nameof(Recipient))]
internal sealed class RecipientRow
{
    [MaxLength(32), ByBytes]
    public required string Channel { get; init; }

    public Guid Recipient { get; init; }

    [Zero]
    public DateTimeOffset FreeAt { get; init; }

    [Zero]
    public DateTimeOffset HeldUntil { get; init; }

    [Zero]
    public int Failures { get; init; }

    [MaxLength(500)]
    public string? Reason { get; init; }

    [Zero]
    public DateTimeOffset WakeAt { get; init; }
}
