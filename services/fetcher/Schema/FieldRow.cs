using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Fetcher.Schema;

[Table("fetcher_fields")]
[Description("Fetcher: how many records of a source had each field that is used, and how many of the newest in a row have not.")]
[PrimaryKey(nameof(Source), nameof(Field))]
internal sealed class FieldRow
{
    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    [MaxLength(64), ByBytes]
    public required string Field { get; init; }

    public long Seen { get; init; }

    public long Had { get; init; }

    public long Missing { get; init; }

    public DateTimeOffset? MissingSince { get; init; }
}
