using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_odd_events")]
[Description("Evaluator: events of a batch that could not be counted, raw.")]
[PrimaryKey(nameof(EventKey))]
[Index(nameof(SeenAt), Name = "ix_evaluator_odd_events_seen")]
internal sealed class OddEventRow
{
    public Guid EventKey { get; init; }

    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    public DateTimeOffset SliceFrom { get; init; }

    public DateTimeOffset SliceTo { get; init; }

    public DateTimeOffset SeenAt { get; init; }

    [MaxLength(500)]
    public required string Reason { get; init; }

    [MaxLength(64), ByBytes]
    public string? Account { get; init; }

    [LongText]
    public required string Raw { get; init; }
}
