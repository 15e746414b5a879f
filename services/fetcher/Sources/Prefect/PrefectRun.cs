using System.Text.Json.Serialization;

namespace Sigma.Fetcher.Sources.Prefect;

/// <summary>A run of a flow, as Prefect tells of it. By the type of its state all is decided; its name is free text.</summary>
internal sealed record PrefectRun
{
    public const string Completed = "COMPLETED", Failed = "FAILED", Crashed = "CRASHED", Scheduled = "SCHEDULED", Pending = "PENDING";

    public Guid Id { get; init; }

    public string? Name { get; init; }

    [JsonPropertyName("deployment_id")]
    public Guid? DeploymentId { get; init; }

    [JsonPropertyName("state_type")]
    public string? StateType { get; init; }

    [JsonPropertyName("state_name")]
    public string? StateName { get; init; }

    [JsonPropertyName("start_time")]
    public DateTimeOffset? StartTime { get; init; }

    [JsonPropertyName("end_time")]
    public DateTimeOffset? EndTime { get; init; }

    [JsonPropertyName("expected_start_time")]
    public DateTimeOffset? ExpectedStartTime { get; init; }

    [JsonPropertyName("next_scheduled_start_time")]
    public DateTimeOffset? NextScheduledStartTime { get; init; }

    public PrefectState? State { get; init; }
}

/// <summary>What Prefect says of a state.</summary>
internal sealed record PrefectState(string? Message);

/// <summary>A deployment, or a flow.</summary>
internal sealed record PrefectNamed
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    [JsonPropertyName("flow_id")]
    public Guid? FlowId { get; init; }
}
