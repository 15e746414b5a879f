using System.ComponentModel;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_window")]
[Description("Evaluator: an event in the window of each rule that watches it.")]
[PrimaryKey(nameof(TriggerId), nameof(OccurredAt), nameof(EventKey))]
[Index(nameof(OccurredAt), Name = "ix_evaluator_window_time")]
internal sealed class WindowRow
{
    public Guid TriggerId { get; init; }

    public Guid EventKey { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    public Guid? OccurrenceKey { get; init; }
}
