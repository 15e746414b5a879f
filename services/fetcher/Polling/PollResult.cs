namespace Sigma.Fetcher.Polling;

internal sealed record PollResult
{
    /// <summary>False when another fetcher has the source.</summary>
    public bool Worked { get; init; } = true;

    /// <summary>Slices published, new or changed.</summary>
    public int Published { get; init; }

    /// <summary>Slices asked for again that had not changed.</summary>
    public int Unchanged { get; init; }

    /// <summary>Slices that were halved.</summary>
    public int Halved { get; init; }

    /// <summary>Slices that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Watched events read, repeated ones included.</summary>
    public int Events { get; init; }

    /// <summary>Why the poll ended before its work was done; null when it did not.</summary>
    public string? Stopped { get; init; }

    /// <summary>Up to when the source is watched without a gap.</summary>
    public DateTimeOffset? Watermark { get; init; }
}
