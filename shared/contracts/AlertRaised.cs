namespace Sigma.Contracts;

/// <summary>
/// Something is as a rule says it must not be: an episode begins. Published once per episode; a repeated delivery carries the same
/// <see cref="AlertId"/>.
/// </summary>
public sealed record AlertRaised
{
    /// <summary>Identity of the episode, shared by its <see cref="AlertCleared"/>.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>Name of the rule that was broken.</summary>
    public required string Rule { get; init; }

    /// <summary>Kind of the rule: <c>count</c>, <c>threshold</c>, <c>absence</c> or <c>external</c>; see <see cref="RuleKind"/>.</summary>
    public string Kind { get; init; } = RuleKind.Count;

    /// <summary>Severity as the rule's configuration says, for example <c>warning</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>Category as the rule's configuration says, at most 32 characters; null when it says none.</summary>
    public string? Category { get; init; }

    /// <summary>Source of the news it was judged by.</summary>
    public required string Source { get; init; }

    /// <summary>The labels the rule groups by, with their values.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>In one sentence what is wrong, as the rule or the sender says it; null when neither does.</summary>
    public string? Summary { get; init; }

    /// <summary>Events counted in the window; always there for kind <c>count</c>, null for the others, as the five that follow are.</summary>
    public int? Count { get; init; }

    /// <summary>The threshold that was reached, overrides applied.</summary>
    public int? Threshold { get; init; }

    /// <summary>Start of the counted window, UTC, exclusive.</summary>
    public DateTimeOffset? WindowFrom { get; init; }

    /// <summary>End of the counted window, UTC, inclusive: the time of the event that filled it.</summary>
    public DateTimeOffset? WindowTo { get; init; }

    /// <summary>The oldest counted event, UTC.</summary>
    public DateTimeOffset? FirstEventAt { get; init; }

    /// <summary>The newest counted event, UTC.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>
    /// What was measured: events for <c>count</c>, the sample's value for <c>threshold</c>, seconds of silence for <c>absence</c>; null when nothing
    /// was.
    /// </summary>
    public double? Value { get; init; }

    /// <summary>What <see cref="Value"/> was compared with, in the same unit.</summary>
    public double? Limit { get; init; }

    /// <summary>Unit of both, for example <c>events</c>, <c>s</c> or <c>%</c>; null when it is not known.</summary>
    public string? Unit { get; init; }

    /// <summary>What describes the alert and never identifies it.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Where there is more to read, at the source or in a runbook; null when there is nothing.</summary>
    public string? Url { get; init; }

    /// <summary>Since when it is so, UTC: for <c>count</c> the oldest counted event.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the alert was raised, UTC.</summary>
    public required DateTimeOffset RaisedAt { get; init; }
}
