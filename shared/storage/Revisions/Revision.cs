namespace Sigma.Storage.Revisions;

/// <summary>One change that somebody made.</summary>
public sealed record Revision
{
    /// <summary>The changes of a book are numbered from 1, without a gap.</summary>
    public required long Number { get; init; }

    /// <summary>Of what: the name of a rule, for example.</summary>
    public required string Name { get; init; }

    /// <summary>In a word or two, for example <c>made</c>, <c>changed</c>, <c>removed</c>, <c>rolled back to 7</c>.</summary>
    public required string Change { get; init; }

    /// <summary>What it says since, as JSON; null since it is removed.</summary>
    public string? Body { get; init; }

    /// <summary>Who made the change.</summary>
    public required string By { get; init; }

    /// <summary>Why; null when nobody said.</summary>
    public string? Why { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
