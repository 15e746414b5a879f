namespace Sigma.Evaluator.Conditions;

/// <summary>What a condition has found wrong.</summary>
internal sealed record Finding
{
    /// <summary>Since when it is so.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether it is over already: nobody has looked while it lasted.</summary>
    public bool IsOver { get; init; }

    /// <summary>When it may be raised, where the condition knows, the rule's hours included; null for now, or when the hours next begin.</summary>
    public DateTimeOffset? RaiseAt { get; init; }

    /// <summary>In a few words, for the log, where the key stands between the two.</summary>
    public required string What { get; init; }

    /// <summary>What follows the key.</summary>
    public string More { get; init; } = "";

    /// <summary>Against what, for the log.</summary>
    public required string Against { get; init; }

    /// <summary>In a sentence, for people; null where the notifier has the words.</summary>
    public string? Summary { get; init; }

    /// <summary>As its sender says it; null when it says none, or nobody has sent it.</summary>
    public string? Severity { get; init; }

    /// <summary>Whether somebody has taken it on where it was reported from.</summary>
    public bool IsAcknowledged { get; init; }

    public double? Value { get; init; }
    public double? Limit { get; init; }
    public string? Unit { get; init; }
    public string? Url { get; init; }
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Of events that were counted; null when none were.</summary>
    public CountedEvents? Counted { get; init; }

    /// <summary>Not before this time can it be over; milliseconds since 1970.</summary>
    public long ClearCheckAt { get; init; }
}

/// <summary>Events that were counted.</summary>
internal sealed record CountedEvents(int Count, int Threshold, DateTimeOffset WindowFrom, DateTimeOffset WindowTo, DateTimeOffset First,
    DateTimeOffset Last);

/// <summary>Whether an episode is over.</summary>
internal sealed record Outlook
{
    public required bool IsOver { get; init; }

    /// <summary>Why, when it is over: one of <see cref="Triggers.ClearReason"/>.</summary>
    public string Reason { get; init; } = "";

    /// <summary>In a few words, for the log, where the key stands between the two.</summary>
    public string What { get; init; } = "";

    /// <summary>What follows the key.</summary>
    public string More { get; init; } = "";

    /// <summary>Events that are left, where events are counted.</summary>
    public int? Count { get; init; }

    public double? Value { get; init; }

    /// <summary>Up to when it was judged, where that must be remembered; milliseconds since 1970.</summary>
    public long JudgedThrough { get; init; }

    /// <summary>When it is not over, not before this time can it be; milliseconds since 1970.</summary>
    public long ClearCheckAt { get; init; }

    public static Outlook Lasting(long clearCheckAt) => new() { IsOver = false, ClearCheckAt = clearCheckAt };
}
