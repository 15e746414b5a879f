namespace Sigma.Gateway.Alertmanager;

/// <summary>A silence, as the notifier says it.</summary>
internal sealed record NotifierSilence
{
    public required Guid Id { get; init; }

    public IReadOnlyList<string> Matchers { get; init; } = [];

    /// <summary>When it begins; null for one of the settings that does not say so, and has begun.</summary>
    public DateTimeOffset? From { get; init; }

    public required DateTimeOffset Until { get; init; }

    public string By { get; init; } = "";

    public string Why { get; init; } = "";

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>active</c>, <c>to come</c>, <c>over</c> or <c>ended</c>.</summary>
    public required string State { get; init; }
}

/// <summary>All of them.</summary>
internal sealed record NotifierSilences
{
    public IReadOnlyList<NotifierSilence> Silences { get; init; } = [];
}

/// <summary>A silence that is to be added; sent again it is the same.</summary>
internal sealed record NotifierSilenceOrder(Guid SilenceId, IReadOnlyList<string> Matchers, DateTimeOffset? From, DateTimeOffset Until, string By,
    string Why);
