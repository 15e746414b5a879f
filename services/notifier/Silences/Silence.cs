using Sigma.Notifier.Routing;

namespace Sigma.Notifier.Silences;

/// <summary>Alerts that are not told for a while, because a person said so, or the settings.</summary>
internal sealed record Silence(Guid Id, MatcherSet Matchers, DateTimeOffset From, DateTimeOffset Until, string By, string Why)
{
    /// <summary>The beginning of one that says none.</summary>
    public static readonly DateTimeOffset SinceEver = DateTimeOffset.UnixEpoch;

    /// <summary>Its name in the settings; null when a person added it.</summary>
    public string? Setting { get; init; }
}
