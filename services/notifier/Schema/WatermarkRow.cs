using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("notifier_watermarks")]
[Description("Notifier: up to when each source was last said to be watched, and whether people were told that it is not. The source '' stands for "
    + "one not heard of yet.")]
[PrimaryKey(nameof(Source))]
internal sealed class WatermarkRow
{
    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    public DateTimeOffset Since { get; init; }

    public DateTimeOffset? Watermark { get; init; }

    public DateTimeOffset? ReportedAt { get; init; }

    [MaxLength(500)]
    public string? Reason { get; init; }

    public Guid? BlindnessId { get; init; }

    public DateTimeOffset? BlindnessFrom { get; init; }

    [Zero]
    public DateTimeOffset CountedUntil { get; init; }

    [Zero]
    public long ClockBehind { get; init; }
}
