using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_parts")]
[Description("Evaluator: parts of slices that are stored.")]
[PrimaryKey(nameof(Source), nameof(SliceFrom), nameof(SliceTo), nameof(Parts), nameof(Part))]
[Index(nameof(SliceTo), Name = "ix_evaluator_parts_time")]
internal sealed class PartRow
{
    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    public DateTimeOffset SliceFrom { get; init; }

    public DateTimeOffset SliceTo { get; init; }

    public int Parts { get; init; }

    public int Part { get; init; }
}
