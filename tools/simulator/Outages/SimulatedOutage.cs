namespace Sigma.Simulator.Outages;

/// <summary>An outage of a provider's.</summary>
/// <param name="Id">What its feed knows it by.</param>
/// <param name="Title">What is wrong.</param>
public sealed record SimulatedOutage(string Id, string Title)
{
    /// <summary>The services it is about.</summary>
    public string[] Services { get; init; } = ["compute"];

    /// <summary>The regions it is about.</summary>
    public string[] Regions { get; init; } = ["us-east-1"];

    /// <summary>low, medium or high; of a Statuspage minor, major or critical.</summary>
    public string Severity { get; init; } = "high";

    /// <summary>Since when.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Until when; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
