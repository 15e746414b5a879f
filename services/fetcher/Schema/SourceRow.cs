using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Fetcher.Schema;

[Table("fetcher_sources")]
[Description("Fetcher: how far a source is watched without a gap, and which fetcher works on it.")]
[PrimaryKey(nameof(Source))]
internal sealed class SourceRow
{
    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    public DateTimeOffset Watermark { get; init; }

    [MaxLength(128), ByBytes]
    public string? LeaseOwner { get; init; }

    [Zero]
    public DateTimeOffset LeaseUntil { get; init; }

    public DateTimeOffset? PolledAt { get; init; }

    [MaxLength(500)]
    public string? Stopped { get; init; }

    [Zero]
    public long ClockAhead { get; init; }

    [Zero]
    public long LateBy { get; init; }

    [Zero]
    public DateTimeOffset LateAt { get; init; }
}
