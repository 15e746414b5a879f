using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Fetcher.Schema;

[Table("fetcher_odd_records")]
[Description("Fetcher: records of a source that could not be used (used = 0), or not wholly (used = 1), raw. What is kept of them is bounded.")]
[PrimaryKey(nameof(RecordKey))]
[Index(nameof(SeenAt), Name = "ix_fetcher_odd_records_seen")]
internal sealed class OddRecordRow
{
    public Guid RecordKey { get; init; }

    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    public DateTimeOffset SliceFrom { get; init; }

    public DateTimeOffset SliceTo { get; init; }

    public DateTimeOffset SeenAt { get; init; }

    [MaxLength(500)]
    public required string Reason { get; init; }

    public int Used { get; init; }

    [MaxLength(64), ByBytes]
    public string? Account { get; init; }

    [LongText]
    public required string Raw { get; init; }
}
