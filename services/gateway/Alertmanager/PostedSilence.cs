namespace Sigma.Gateway.Alertmanager;

/// <summary>A silence as clients of Alertmanager post it.</summary>
internal sealed record PostedSilence
{
    /// <summary>Of one that is changed; null for a new one.</summary>
    public string? Id { get; init; }

    public IReadOnlyList<PostedMatcher?>? Matchers { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public string? CreatedBy { get; init; }

    public string? Comment { get; init; }
}

/// <summary>One of its conditions.</summary>
internal sealed record PostedMatcher(string? Name, string? Value, bool IsRegex = false, bool? IsEqual = null);
