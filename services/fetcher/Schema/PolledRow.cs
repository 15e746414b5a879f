using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Fetcher.Schema;

[Table("fetcher_polled")]
[Description("Fetcher: feeds, probes and Prefect servers: who looks at each now, how it was found last, and what is remembered for the next look.")]
[PrimaryKey(nameof(Source))]
internal sealed class PolledRow
{
    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    [MaxLength(16), ByBytes]
    public required string Kind { get; init; }

    public Guid? LeaseOwner { get; init; }

    [Zero]
    public DateTimeOffset LeaseUntil { get; init; }

    public DateTimeOffset? BegunAt { get; init; }

    [MaxLength(16), ByBytes]
    public required string State { get; init; }

    public DateTimeOffset? StateSince { get; init; }

    [MaxLength(500)]
    public string? Reason { get; init; }

    public DateTimeOffset? PolledAt { get; init; }

    public DateTimeOffset? SucceededAt { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    [Zero]
    public int Failures { get; init; }

    [Zero]
    public long Runs { get; init; }

    [LongText]
    public string? Note { get; init; }
}

[Table("fetcher_polled_runs")]
[Description("Fetcher: the last looks at each feed, probe and Prefect server, so many as the settings say.")]
[PrimaryKey(nameof(Source), nameof(Run))]
internal sealed class PolledRunRow
{
    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    public long Run { get; init; }

    public DateTimeOffset BegunAt { get; init; }

    public long TookMs { get; init; }

    [MaxLength(16), ByBytes]
    public required string State { get; init; }

    [MaxLength(500)]
    public string? Reason { get; init; }

    public int Fired { get; init; }

    public int Resolved { get; init; }

    [LongText]
    public string? Samples { get; init; }
}

[Table("fetcher_conditions")]
[Description("Fetcher: conditions that feeds, probes and Prefect servers told of: those that last, and for a while those that are over.")]
[PrimaryKey(nameof(Source), nameof(ConditionId))]
[Index(nameof(SeenAt), Name = "ix_fetcher_conditions_seen")]
internal sealed class SourceConditionRow
{
    [MaxLength(64), ByBytes]
    public required string Source { get; init; }

    public Guid ConditionId { get; init; }

    [MaxLength(255), ByBytes]
    public required string ExternalId { get; init; }

    public int Fires { get; init; }

    public required Dictionary<string, string> Labels { get; init; }

    [MaxLength(16), ByBytes]
    public string? Severity { get; init; }

    [MaxLength(500)]
    public string? Title { get; init; }

    [MaxLength(2000)]
    public string? Url { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset ReportedAt { get; init; }

    public DateTimeOffset SeenAt { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    public Guid Fingerprint { get; init; }
}
