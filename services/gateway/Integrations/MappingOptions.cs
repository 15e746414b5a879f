namespace Sigma.Gateway.Integrations;

/// <summary>
/// Where in a JSON body is what: dotted paths such as <c>check.state</c> or <c>items.0.name</c>; several, separated by commas, of which the first
/// that has a value counts. Not set: the usual names are tried.
/// </summary>
public sealed class MappingOptions
{
    /// <summary>The list of alerts in the body; not set: the body is one alert, or a list of them.</summary>
    public string? Items { get; set; }

    /// <summary>Identity: the same for all news of one alert.</summary>
    public string? Id { get; set; }

    /// <summary>What it is.</summary>
    public string? State { get; set; }

    /// <summary>Values of <see cref="State"/> that say it is so, comma separated, without case.</summary>
    public string? Firing { get; set; }

    /// <summary>Values of <see cref="State"/> that say it is over.</summary>
    public string? Resolved { get; set; }

    /// <summary>Severity's word or number.</summary>
    public string? Severity { get; set; }

    /// <summary>What is wrong, in a sentence.</summary>
    public string? Title { get; set; }

    /// <summary>More of it.</summary>
    public string? Text { get; set; }

    /// <summary>Since when.</summary>
    public string? StartsAt { get; set; }

    /// <summary>Until when.</summary>
    public string? EndsAt { get; set; }

    /// <summary>Unit of times that are numbers: <c>seconds</c> or <c>milliseconds</c>. It is never guessed from the size.</summary>
    public string? TimeUnit { get; set; }

    /// <summary>The service concerned.</summary>
    public string? Service { get; set; }

    /// <summary>The region concerned.</summary>
    public string? Region { get; set; }

    /// <summary>Where the sender shows it.</summary>
    public string? Url { get; set; }

    /// <summary>Labels: name to path.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];
}
