using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_rules")]
[Description("Evaluator: each rule as it was last applied (0: not yet), and the time after which events count for it. One that differs, or is not "
    + "here, has what is stored counted by it at the next start.")]
[PrimaryKey(nameof(Name))]
internal sealed class RuleRow
{
    [MaxLength(100), ByBytes]
    public required string Name { get; init; }

    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    [LongText("mediumtext")]
    public required string Definition { get; init; }

    public DateTimeOffset AppliedAt { get; init; }

    public DateTimeOffset CountsFrom { get; init; }
}
