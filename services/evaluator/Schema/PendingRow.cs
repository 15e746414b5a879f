using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_pending")]
[Description("Evaluator: keys that are wrong and may be raised later only, by their rules' hours or because it must last, and when; "
    + "and keys that were wrong and are normal again before anybody looked.")]
[PrimaryKey(nameof(TriggerId))]
[Index(nameof(DueAt), Name = "ix_evaluator_pending_due")]
internal sealed class PendingRow
{
    public Guid TriggerId { get; init; }

    [MaxLength(100), ByBytes]
    public required string Rule { get; init; }

    [ByBytes]
    public required Dictionary<string, string> Labels { get; init; }

    public DateTimeOffset RaiseAt { get; init; }

    public DateTimeOffset DueAt { get; init; }

    [LongText("mediumtext")]
    public string? Missed { get; init; }
}
