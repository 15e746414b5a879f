using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Evaluator.Schema;

[Table("evaluator_series")]
[Description("Evaluator: the newest value of each series of each key of a threshold rule, and since when it is beyond the limit or normal.")]
[PrimaryKey(nameof(TriggerId), nameof(SeriesId))]
[Index(nameof(Rule), nameof(DueAt), Name = "ix_evaluator_series_due")]
internal sealed class SeriesRow
{
    public Guid TriggerId { get; init; }

    public Guid SeriesId { get; init; }

    [MaxLength(100), ByBytes]
    public required string Rule { get; init; }

    [ByBytes]
    public required Dictionary<string, string> Labels { get; init; }

    [MaxLength(200), ByBytes]
    public required string Series { get; init; }

    public DateTimeOffset MeasuredAt { get; init; }

    public double? Value { get; init; }

    public DateTimeOffset? BeyondSince { get; init; }

    public DateTimeOffset? NormalSince { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? KnownUntil { get; init; }
}
