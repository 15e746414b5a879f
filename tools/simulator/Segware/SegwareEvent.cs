namespace Sigma.Simulator.Segware;

/// <summary>One event a panel sent.</summary>
public sealed record SegwareEvent
{
    /// <summary>The technical id of the account.</summary>
    public required long AccountId { get; init; }

    /// <summary>The class beside the code, such as ALR.</summary>
    public required string Cuc { get; init; }

    /// <summary>The event code, such as E130.</summary>
    public required string Code { get; init; }

    /// <summary>When it happened, kept to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Its id; null lets the store number it.</summary>
    public string? Id { get; init; }

    /// <summary>The occurrence it opened or joined, if any.</summary>
    public string? OccurrenceId { get; init; }

    /// <summary>
    /// From when the API shows it; null means from <see cref="At"/> on. Later is a late arrival, earlier a panel whose clock is ahead.
    /// </summary>
    public DateTimeOffset? AvailableAt { get; init; }

    /// <summary>The whole record as it is written, be it JSON or not; null for one in the spelling the switches say.</summary>
    public string? Raw { get; init; }

    /// <summary>True when it came in by POST /v3/events/alarm.</summary>
    public bool Injected { get; init; }

    internal bool IsOfferedAt(DateTimeOffset now) => (AvailableAt ?? At) <= now;
}
