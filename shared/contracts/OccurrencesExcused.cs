namespace Sigma.Contracts;

/// <summary>The events of these occurrences stop counting, also those that came earlier and those still to come.</summary>
public sealed record OccurrencesExcused
{
    /// <summary>Name of the source whose occurrences these are.</summary>
    public required string Source { get; init; }

    /// <summary>Ids as the source's events carry them.</summary>
    public required IReadOnlyList<string> OccurrenceIds { get; init; }
}
