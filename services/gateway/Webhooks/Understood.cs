namespace Sigma.Gateway.Webhooks;

/// <summary>What a piece of news is.</summary>
internal enum UnderstoodState
{
    /// <summary>Something is wrong.</summary>
    Firing,

    /// <summary>It is over.</summary>
    Resolved,

    /// <summary>The sender cannot tell.</summary>
    NoData,

    /// <summary>It is so, and somebody has taken it on at the sender's.</summary>
    Acknowledged,

    /// <summary>An event without an end.</summary>
    Info,

    /// <summary>The sender's test button.</summary>
    Test,

    /// <summary>The sender wants a subscription confirmed, or says that it ended.</summary>
    Handshake,
}

/// <summary>One piece of news in a body.</summary>
internal sealed record Understood
{
    public required UnderstoodState State { get; init; }

    /// <summary>Identity within the integration: the same on the raise and on the clear. At most 255 characters, longer ones are hashed.</summary>
    public required string ExternalId { get; init; }

    /// <summary><c>critical</c>, <c>high</c>, <c>medium</c>, <c>low</c> or <c>info</c>; null when the sender says none.</summary>
    public string? Severity { get; init; }

    /// <summary>What is wrong, in a sentence.</summary>
    public string? Title { get; init; }

    /// <summary>More of it.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// Since when, as the sender says: kept also when it lies in the future or before 2000 by a wrong clock, then with the annotation
    /// <c>odd_time</c>, and not to be trusted.
    /// </summary>
    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When the sender said so; null: when it came. Older news never overwrites newer.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>Until when it holds unless it is repeated; null: as the integration says.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    public string? Service { get; init; }

    public string? Region { get; init; }

    /// <summary>What it is about.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What describes it and never identifies it.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the sender shows it.</summary>
    public string? Url { get; init; }

    /// <summary>Whether all news of this identity carries the same labels. Where not, those of the first news of an episode are kept.</summary>
    public bool LabelsIdentify { get; init; }

    /// <summary>Whether the sender will never say that it is over: then it ends after the integration's <c>CloseAfter</c>, or a day.</summary>
    public bool NeverResolves { get; init; }

    /// <summary>Whether news of this identity is dropped unless it is open, as PagerDuty drops the end of what it does not know.</summary>
    public bool OnlyIfOpen { get; init; }

    /// <summary>
    /// What makes this delivery the same as an earlier one (protocols differ); null: identity, state and start, and of news without any time: that
    /// it says the same as the last of its identity (PagerDuty's second trigger after a resolve opens anew). Empty: none is kept, as repeating it
    /// does no harm; with <see cref="LabelsIdentify"/> and without <see cref="OnlyIfOpen"/> such news costs no statement of its own, for protocols
    /// that repeat all that fires every minute.
    /// </summary>
    public string? DeliveryKey { get; init; }
}
