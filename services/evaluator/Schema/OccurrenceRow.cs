using System.ComponentModel;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_occurrences")]
[Description("Evaluator: the triggers that count events of an occurrence.")]
[PrimaryKey(nameof(OccurrenceKey), nameof(TriggerId))]
[Index(nameof(LastAt), Name = "ix_evaluator_occurrences_time")]
internal sealed class OccurrenceRow
{
    public Guid OccurrenceKey { get; init; }

    public Guid TriggerId { get; init; }

    public DateTimeOffset LastAt { get; init; }
}
