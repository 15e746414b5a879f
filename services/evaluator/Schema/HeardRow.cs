using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_heard")]
[Description("Evaluator: when each key of an absence rule was last heard, and when it is to be looked at.")]
[PrimaryKey(nameof(TriggerId))]
[Index(nameof(Rule), nameof(DueAt), Name = "ix_evaluator_heard_due")]
internal sealed class HeardRow
{
    public Guid TriggerId { get; init; }

    [MaxLength(100), ByBytes]
    public required string Rule { get; init; }

    [ByBytes]
    public required Dictionary<string, string> Labels { get; init; }

    public DateTimeOffset HeardAt { get; init; }

    public DateTimeOffset HeardSince { get; init; }

    public int Fails { get; init; }

    [MaxLength(500)]
    public string? Said { get; init; }

    public DateTimeOffset DueAt { get; init; }
}
