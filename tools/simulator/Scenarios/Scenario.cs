using System.Text.Json.Serialization;
using Sigma.Simulator.Faults;

namespace Sigma.Simulator.Scenarios;

/// <summary>What the panels do, and what goes wrong meanwhile.</summary>
public sealed record Scenario
{
    /// <summary>Its name, for people.</summary>
    public string Name { get; init; } = "custom";

    /// <summary>The streams of events it is made of.</summary>
    public IReadOnlyList<EventStream> Streams { get; init; } = [];

    /// <summary>Faults from the start on.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    [JsonIgnore]
    internal string? Complaint =>
        Streams.Select((stream, index) => stream.Complaint() is { } complaint ? $"streams[{index}]: {complaint}" : null)
            .Concat(Faults.Select((fault, index) => fault.Complaint() is { } complaint ? $"faults[{index}]: {complaint}" : null))
            .FirstOrDefault(complaint => complaint is not null);
}
