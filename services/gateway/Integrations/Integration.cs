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

    /// <summary>Whether it is taken in.</summary>
    public bool On { get; init; } = true;

    /// <summary>Requests a second on the average; null: as the gateway's limits say.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>Requests at once; null: as the gateway's limits say.</summary>
    public int? Burst { get; init; }

    /// <summary>As the settings or people have written it.</summary>
    public static Integration Of(IntegrationOptions options) => new()
    {
        Name = options.Name, Kind = options.Kind, Labels = options.Labels, DefaultSeverity = options.DefaultSeverity,
        SeverityWords = new Dictionary<string, string>(options.SeverityWords, StringComparer.OrdinalIgnoreCase), Mapping = options.Mapping,
        CloseAfter = options.CloseAfter, Secret = string.IsNullOrEmpty(options.Secret) ? null : options.Secret, On = options.On,
        RatePerSecond = options.RatePerSecond, Burst = options.Burst,
        Settings = new Dictionary<string, string>(options.Settings, StringComparer.OrdinalIgnoreCase),
        Agent = [.. options.Agent.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
    };
}
