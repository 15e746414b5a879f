using System.Text.Json;

namespace Sigma.Simulator.Prefect;

/// <summary>A run of a deployment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; one made up where none was given.</param>
/// <param name="Deployment">What it runs.</param>
/// <param name="IdempotencyKey">What a second call finds it by.</param>
/// <param name="Parameters">The deployment's and its own.</param>
/// <param name="Tags">The deployment's and its own.</param>
/// <param name="CreatedAt">When, by the simulator's clock.</param>
/// <param name="ScheduledFor">When it should start.</param>
/// <param name="State">Its state at this moment.</param>
public sealed record PrefectFlowRun(
    Guid Id, string Name, PrefectDeployment Deployment, string? IdempotencyKey, JsonElement Parameters, IReadOnlyList<string> Tags,
    DateTimeOffset CreatedAt, DateTimeOffset ScheduledFor, PrefectState State)
{
    /// <summary>How its deployment was refused when it was made, or null.</summary>
    internal string? Outcome { get; init; }

    /// <summary>Whether its state was set, and no longer moves on with time.</summary>
    internal bool IsSet { get; init; }
}
