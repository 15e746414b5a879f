using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_coverage")]
[Description("Evaluator: covered time, as intervals that neither touch nor overlap.")]
[PrimaryKey(nameof(Source), nameof(CoveredFrom))]
internal sealed class CoverageRow
{
    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    public DateTimeOffset CoveredFrom { get; init; }

    public DateTimeOffset CoveredTo { get; init; }
}
