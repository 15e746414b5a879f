using System.ComponentModel;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_cleared")]
[Description("Evaluator: up to when the last episode of a trigger was judged; an instant before that never raises again.")]
[PrimaryKey(nameof(TriggerId))]
[Index(nameof(ClearedThrough), Name = "ix_evaluator_cleared_time")]
internal sealed class ClearedRow
{
    public Guid TriggerId { get; init; }

    public DateTimeOffset ClearedThrough { get; init; }
}
