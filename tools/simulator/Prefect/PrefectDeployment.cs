using System.Text.Json;

namespace Sigma.Simulator.Prefect;

/// <summary>A deployment of a flow.</summary>
/// <param name="Flow">The flow's name.</param>
/// <param name="Name">Its own name.</param>
public sealed record PrefectDeployment(string Flow, string Name)
{
    /// <summary>Its id; a new one unless given.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>The flow's id; a new one unless given.</summary>
    public Guid FlowId { get; init; } = Guid.NewGuid();

    /// <summary>The JSON schema of its parameters; null takes any.</summary>
    public JsonElement? ParameterSchema { get; init; }

    /// <summary>Its own parameters, which those of a run go before.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>Whether parameters must fit the schema. Default: true.</summary>
    public bool EnforcesSchema { get; init; } = true;

    /// <summary>The tags of its runs.</summary>
    public string[] Tags { get; init; } = [];

    internal string FullName => $"{Flow}/{Name}";
}
