using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_intake")]
[Description("Evaluator: slices of gateways that are closed and of which news is still to come.")]
[PrimaryKey(nameof(Gateway), nameof(SliceFrom))]
[Index(nameof(SliceFrom), Name = "ix_evaluator_intake_time")]
internal sealed class IntakeRow
{
    [MaxLength(64), ByBytes]
    public required string Gateway { get; init; }

    public DateTimeOffset SliceFrom { get; init; }

    public DateTimeOffset SliceTo { get; init; }

    public int Batches { get; init; }
}

[Table("evaluator_intake_parts")]
[Description("Evaluator: batches of news that are stored, of slices that are not covered yet.")]
[PrimaryKey(nameof(Gateway), nameof(SliceFrom), nameof(Number))]
[Index(nameof(SliceFrom), Name = "ix_evaluator_intake_parts_time")]
internal sealed class IntakePartRow
{
    [MaxLength(64), ByBytes]
    public required string Gateway { get; init; }

    public DateTimeOffset SliceFrom { get; init; }

    public int Number { get; init; }
}
