namespace Sigma.Contracts;

/// <summary>Somebody has seen an alert and takes it on. Published once per episode at most; a repeated delivery carries the same content.</summary>
public sealed record AlertAcknowledged
{
    /// <summary>Identity of the episode, as in its <see cref="AlertRaised"/>.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public required string Severity { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public required string Source { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Who.</summary>
    public required string By { get; init; }

    /// <summary>What was said; null when nothing.</summary>
    public string? Comment { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>, cut to milliseconds.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it was acknowledged, UTC.</summary>
    public required DateTimeOffset AcknowledgedAt { get; init; }
}
