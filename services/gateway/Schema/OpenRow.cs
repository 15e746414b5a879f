using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Gateway.Schema;

[Table("gateway_open")]
[Description("Gateway: conditions as their senders last said, with the labels of the first news of the episode: what ends one may say none.")]
[PrimaryKey(nameof(Id))]
[Index(nameof(ReportedAt), Name = "ix_gateway_open_time")]
internal sealed class OpenRow
{
    public Guid Id { get; init; }

    [MaxLength(64), ByBytes]
    public required string Integration { get; init; }

    [MaxLength(255), ByBytes]
    public required string ExternalId { get; init; }

    [MaxLength(1000), ByBytes]
    public required string Labels { get; init; }

    [MaxLength(16)]
    public string? Severity { get; init; }

    public int Opened { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset ReportedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }
}
