using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Notifier.Schema;

[Table("notifier_flow_runs")]
[Description("Notifier: the Prefect flow runs that were started for alerts, followed until they have ended.")]
[PrimaryKey(nameof(RunId))]
[Index(nameof(AlertId), Name = "ix_flow_runs_alert")]
[Index(nameof(Channel), nameof(EndedAt), nameof(DueAt), Name = "ix_flow_runs_due")]
[Index(nameof(StartedAt), Name = "ix_flow_runs_started")]
internal sealed class FlowRunRow
{
    public Guid RunId { get; init; }

    public Guid AlertId { get; init; }

    public Guid DeliveryId { get; init; }

    [MaxLength(32), ByBytes]
    public required string Channel { get; init; }

    [MaxLength(100)]
    public required string Deployment { get; init; }

    [MaxLength(500)]
    public required string Url { get; init; }

    [MaxLength(16), ByBytes]
    public string? State { get; init; }

    [MaxLength(100)]
    public string? StateName { get; init; }

    [MaxLength(500)]
    public string? Message { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? SeenAt { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
