namespace Sigma.Gateway.Integrations;

/// <summary>An integration as it is in force. Its key is not in it.</summary>
internal sealed record Integration
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public string DefaultSeverity { get; init; } = "medium";

    /// <summary>Without case.</summary>
    public IReadOnlyDictionary<string, string> SeverityWords { get; init; } = new Dictionary<string, string>();

    public MappingOptions Mapping { get; init; } = new();

    /// <summary>What only its kind knows. Without case.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public TimeSpan? CloseAfter { get; init; }

    /// <summary>Labels by which the agent that wrote a line is known; the first that a line has counts.</summary>
    public IReadOnlyList<string> Agent { get; init; } = [];

    /// <summary>Secret of the sender's signature; null where none is set.</summary>
    public string? Secret { get; init; }
}
