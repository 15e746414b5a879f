namespace Sigma.Simulator.Scenarios;

/// <summary>
/// Events of some keys: either steady, so many a minute over all keys, or a burst of so many per key within <see cref="Lasts"/>.
/// Times are offsets from the scenario's start; a start before it gives the feed a past.
/// </summary>
public sealed record EventStream
{
    /// <summary>How many keys (account, CUC, code) it draws from.</summary>
    public int Keys { get; init; } = 1;

    /// <summary>The account of its first key; 0 gives each stream a range of its own.</summary>
    public long FirstAccount { get; init; }

    /// <summary>How many keys share one account under different codes.</summary>
    public int KeysPerAccount { get; init; } = 1;

    /// <summary>The CUC of all its events; null gives each key one of the seven watched ones.</summary>
    public string? Cuc { get; init; }

    /// <summary>The code of all its events; null gives each key one that goes with its CUC.</summary>
    public string? Code { get; init; }

    /// <summary>Steady: events a minute over all keys. Null for a burst.</summary>
    public double? PerMinute { get; init; }

    /// <summary>Burst: events of each key. Null for steady traffic.</summary>
    public int? EventsPerKey { get; init; }

    /// <summary>When it begins.</summary>
    public TimeSpan StartsAfter { get; init; }

    /// <summary>How long it lasts. A burst needs it; steady traffic without it never ends.</summary>
    public TimeSpan? Lasts { get; init; }

    /// <summary>Burst: from one beginning to the next; null for once.</summary>
    public TimeSpan? RepeatEvery { get; init; }

    /// <summary>The share of events that arrive late.</summary>
    public double LateShare { get; init; }

    /// <summary>How late they are at most; at least half of it.</summary>
    public TimeSpan LateBy { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The share of events, or of groups of them, that belong to an occurrence.</summary>
    public double OccurrenceShare { get; init; }

    /// <summary>Burst: how many events of a key in a row share one occurrence.</summary>
    public int EventsPerOccurrence { get; init; } = 1;

    /// <summary>The share of occurrences that the system user closes; operators close the others.</summary>
    public double ExcusedShare { get; init; }

    /// <summary>From an occurrence's opening to its closing. Short: before its later events; long: after all of them.</summary>
    public TimeSpan ClosedAfter { get; init; } = TimeSpan.FromMinutes(10);

    internal string? Complaint() =>
        PerMinute is null == EventsPerKey is null ? "either perMinute or eventsPerKey must be given"
        : PerMinute is not null and not (> 0 and <= 1_000_000) ? "perMinute must be above 0 and at most 1000000"
        : EventsPerKey <= 0 ? "eventsPerKey must be above 0"
        : EventsPerKey is not null && Lasts is null ? "a burst needs lasts"
        : Lasts < TimeSpan.Zero ? "lasts must not be negative"
        : RepeatEvery <= TimeSpan.Zero || RepeatEvery < Lasts ? "repeatEvery must not be shorter than lasts"
        : Keys is <= 0 or > 100_000 ? "keys must be between 1 and 100000"
        : KeysPerAccount <= 0 ? "keysPerAccount must be above 0"
        : EventsPerOccurrence <= 0 ? "eventsPerOccurrence must be above 0"
        : !IsShare(LateShare) || !IsShare(OccurrenceShare) || !IsShare(ExcusedShare) ? "shares must be between 0 and 1"
        : LateBy < TimeSpan.Zero || ClosedAfter < TimeSpan.Zero ? "lateBy and closedAfter must not be negative"
        : null;

    private static bool IsShare(double share) => share is >= 0 and <= 1;
}
