using System.ComponentModel;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_excused")]
[Description("Evaluator: occurrences whose events do not count.")]
[PrimaryKey(nameof(OccurrenceKey))]
[Index(nameof(ExcusedAt), Name = "ix_evaluator_excused_time")]
internal sealed class ExcusedRow
{
    public Guid OccurrenceKey { get; init; }

    public DateTimeOffset ExcusedAt { get; init; }
}
