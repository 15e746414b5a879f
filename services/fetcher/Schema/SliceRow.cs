using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Fetcher.Schema;

[Table("fetcher_slices")]
[Description("Fetcher: which slices of a source's time were asked for, and what became of them.")]
[PrimaryKey(nameof(Source), nameof(SliceFrom), nameof(SliceTo))]
[Index(nameof(Source), nameof(State), nameof(SliceFrom), Name = "ix_fetcher_slices_state")]
internal sealed class SliceRow
{
    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    public DateTimeOffset SliceFrom { get; init; }

    public DateTimeOffset SliceTo { get; init; }

    [MaxLength(16), ByBytes]
    public required string State { get; init; }

    [MaxLength(500)]
    public string? Reason { get; init; }

    [Zero]
    public int Attempts { get; init; }

    [Zero]
    public int Events { get; init; }

    public Guid? Fingerprint { get; init; }

    public DateTimeOffset? AskedAt { get; init; }

    public DateTimeOffset? FailedSince { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? CoveredAt { get; init; }

    [MaxLength(500)]
    public string? DelayedBy { get; init; }
}
