using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Sigma.Fetcher.Schema;

[Table("drills")]
[Description("Fetcher: drills that were asked for, and how far each has come. Of those under way there is one at most.")]
[PrimaryKey(nameof(DrillId))]
[Index(nameof(UnderWay), Name = "uq_drills_under_way", IsUnique = true)]
internal sealed class DrillRow
{
    public Guid DrillId { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    [MaxLength(255)]
    public required string AskedBy { get; init; }

    [MaxLength(255)]
    public required string Channels { get; init; }

    public int? UnderWay { get; init; }

    public DateTimeOffset? TakenAt { get; init; }

    [MaxLength(255)]
    public string? TakenBy { get; init; }

    public DateTimeOffset? SliceTo { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    [MaxLength(500)]
    public string? Reason { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    [MaxLength(500)]
    public string? Outcome { get; init; }
}
