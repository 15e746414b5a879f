namespace Sigma.Fetcher.Sources.StatusFeeds;

/// <summary>An outage as a feed tells of it.</summary>
internal sealed record Incident
{
    /// <summary>What the feed knows it by.</summary>
    public required string Key { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Title { get; init; }

    /// <summary>Whether it lasts.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the feed first told of it.</summary>
    public DateTimeOffset? AppearedAt { get; init; }

    /// <summary>critical, high, medium, low or info; null when the feed says none.</summary>
    public string? Severity { get; init; }

    /// <summary>The services it names.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The regions it names.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Where there is more to read.</summary>
    public string? Url { get; init; }

    /// <summary>How far the provider is with it, in the provider's word.</summary>
    public string? Status { get; init; }

    /// <summary>What the provider said last.</summary>
    public string? Text { get; init; }

    /// <summary>Whether it is a maintenance under way.</summary>
    public bool IsMaintenance { get; init; }
}

/// <summary>What a feed tells of.</summary>
/// <param name="Incidents">Those that could be read.</param>
internal sealed record FeedReading(IReadOnlyList<Incident> Incidents)
{
    /// <summary>Whether the feed lists nothing but what lasts: what it does not list any more is over.</summary>
    public bool ListsAllOpen { get; init; }

    /// <summary>Entries that could not be read. While there are any, what is not listed may be among them.</summary>
    public int Odd { get; init; }
}

/// <summary>Reads the body of a kind of feed.</summary>
internal interface IFeedReader
{
    /// <exception cref="InvalidDataException">It is no such feed, whatever its status was; the message says what it is.</exception>
    FeedReading Read(byte[] body);
}
