namespace Sigma.Contracts;

/// <summary>Something about an alert that is raised is not as it was. A repeated delivery carries the same content.</summary>
public sealed record AlertUpdated
{
    /// <summary>Identity of the episode, as in its <see cref="AlertRaised"/>.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>As it is now.</summary>
    public required string Severity { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public required string Source { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>What is new, one of <see cref="AlertChange"/>. Subscribers pass over what they do not know.</summary>
    public required string Change { get; init; }

    /// <summary>Who did it; null when nobody did, but news came.</summary>
    public string? By { get; init; }

    /// <summary>What was said; null when nothing.</summary>
    public string? Comment { get; init; }

    /// <summary>What it says of itself now; null where the kind has the words.</summary>
    public string? Summary { get; init; }

    /// <summary>
    /// What was measured last: events in the fullest window that the news touched, a value, seconds. Null when nothing is measured.
    /// </summary>
    public double? Value { get; init; }

    /// <summary>Against what; null when nothing is measured.</summary>
    public double? Limit { get; init; }

    /// <summary>Whose task it is; null when nobody's.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>Whether it is snoozed.</summary>
    public required bool Snoozed { get; init; }

    /// <summary>Until when it is snoozed, UTC; null when it is not, or until it is cleared.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>As in its <see cref="AlertRaised"/>, cut to milliseconds.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it was changed, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Values of <see cref="AlertUpdated.Change"/>, and of what is kept of an alert's life.</summary>
public static class AlertChange
{
    /// <summary>Its value or its severity is another; told once a minute at most.</summary>
    public const string Measured = "measured";

    /// <summary>Somebody has said something.</summary>
    public const string Commented = "commented";

    /// <summary>It is somebody's task, or nobody's any more.</summary>
    public const string Assigned = "assigned";

    /// <summary>It is snoozed, or not any more.</summary>
    public const string Snoozed = "snoozed";
}
